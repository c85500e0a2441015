package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.host.HostCommand;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.hypervisor.SaveRequest;
import io.berth.driver.hypervisor.SavedImage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * QEMU's own stream, written by the host helper behind a head that is composed here. The helper knows the exact length,
 * watches whether the guest runs, and marks the head complete.
 */
final class StreamWriting implements MemoryWriting {

    private final Virsh virsh;
    private final VirshCommands commands;
    private final StreamSettings settings;

    StreamWriting(Virsh virsh, VirshCommands commands, StreamSettings settings) {
        this.virsh = virsh;
        this.commands = commands;
        this.settings = settings;
    }

    @Override
    public SavedImage write(Call call, HostRef host, VmRef vm, SaveRequest request) {
        var argv = commands.streamSave(
                vm.uuid(),
                request.target(),
                request.capacity().bytes(),
                request.writer() == MemoryWriter.LIVE_STREAM,
                settings);
        var length = new AtomicLong(-1);
        var command = HostCommand.changing(call, argv)
                .withStdin(header(host, vm, request))
                .withOutputLines(line -> hear(line, call, length));
        var result = virsh.run(host, command);
        if (!result.succeeded()) {
            throw StreamFailures.failure(host, vm, request, result, command);
        }
        if (length.get() < 0) {
            // A transport may have handed the lines to us late or not at all; they are in the output in any case.
            result.output().lines().forEach(line -> hear(line, call, length));
        }
        if (length.get() <= 0) {
            throw Failure.of(FailureKind.ENVIRONMENT, "host.bad-answer", "the stream writer told no length")
                    .next("update the helper with 'berth host add'")
                    .host(host)
                    .command(command.toString())
                    .build();
        }
        var written = new DataSize(length.get());
        return new SavedImage(written, written.roundUpTo(DataSize.ofKibibytes(4)));
    }

    private byte[] header(HostRef host, VmRef vm, SaveRequest request) {
        var what = "can't read the guest's definition";
        var answers = virsh.severalQuickly(host, what, 2, mark -> commands.definitions(mark, vm.uuid()));
        if (answers.part(0).isEmpty() || answers.part(1).isEmpty()) {
            throw VirshErrors.failure(
                    host, what, answers.result(), "virsh", "dumpxml", vm.uuid().toString());
        }
        var cpu = GuestXml.parse(answers.part(1)).cpu().map(GuestXml::text).orElse("");
        return SaveHeaderComposer.compose(answers.part(0), cpu, !request.ownerPaused());
    }

    private static void hear(String line, Call call, AtomicLong length) {
        var words = line.strip().split(" ");
        try {
            if (words.length == 3 && words[0].equals("progress")) {
                call.progress().moved(new DataSize(Long.parseLong(words[1])), new DataSize(Long.parseLong(words[2])));
            } else if (words.length == 2 && words[0].equals("done")) {
                length.set(Long.parseLong(words[1]));
            }
        } catch (IllegalArgumentException garbled) {
            // Progress is for people; a garbled length stays unset and is an error at the end.
            return;
        }
    }
}
