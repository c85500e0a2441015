package io.berth.opennebula.run;

import io.berth.opennebula.shared.TransferDeed;
import io.berth.transport.script.OtherMachine;
import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.SshWay;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes disks of images on hosts. Each is made anew without harm. Thread-safe. */
final class DiskMaking {
    private static final String SHELL = "/bin/sh";
    private static final Optional<String> NO_SIZE = Optional.empty();

    private final SshWay ssh;

    DiskMaking(SshWay ssh) {
        this.ssh = ssh;
    }

    /** @param script what runs on the disk's host, with the image, the disk and maybe a size as arguments */
    private record Making(String told, String script, Optional<String> size) {
        static Making of(TransferDeed.MakeDisk deed) {
            return switch (deed) {
                case TransferDeed.LinkDisk _ -> new Making("ln: Linking", DiskScripts.LINK, NO_SIZE);
                case TransferDeed.LinkLayers _ -> new Making("ln: Linking", DiskScripts.LINK_LAYERS, NO_SIZE);
                case TransferDeed.CopyDisk copy -> new Making("clone: Cloning", DiskScripts.COPY, size(copy.growsTo()));
                case TransferDeed.LayDisk layer -> new Making("clone: Cloning", DiskScripts.LAY, size(layer.growsTo()));
            };
        }

        private static Optional<String> size(Optional<Long> growsTo) {
            return Optional.of(growsTo.orElse(0L).toString());
        }
    }

    StepOutcome make(TransferDeed.MakeDisk deed, RequestLog log) {
        var disk = deed.disk();
        if (!OtherMachine.isName(disk.host())) {
            return StepOutcome.failure("'" + disk.host() + "' is no host's name");
        }
        var making = Making.of(deed);
        // The line of the drivers' own scripts.
        log.meant(new Complaint(
                "INFO: " + making.told() + " " + deed.image() + " in " + disk.host() + ":" + disk.path()));
        var words = Stream.concat(Stream.of("-s", "--", deed.image(), disk.path()), making.size().stream())
                .toList();
        var machine = new OtherMachine(disk.host(), ssh, ScriptLimits.none());
        var result = machine.run(ScriptCall.of(SHELL, words, making.script()), log.cancellation());
        var shown = "ssh " + disk.host() + " " + CommandText.escaped(SHELL, List.copyOf(words));
        return Ended.plainly(result, SHELL, shown).told(shown, log).outcome();
    }
}
