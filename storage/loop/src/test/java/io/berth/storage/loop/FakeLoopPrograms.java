package io.berth.storage.loop;

import static io.berth.storage.files.FakeHelperTransport.failed;
import static io.berth.storage.files.FakeHelperTransport.ok;

import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.storage.files.FakePrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Stand-ins for the programs that deal with loop devices; the devices are {@link FakeKernel}'s. */
final class FakeLoopPrograms implements FakePrograms {
    final FakeKernel kernel = new FakeKernel();

    /** As if the kernel itself, or a process that can't be looked at, held the devices. */
    volatile boolean hideHolders;

    @Override
    public Optional<CommandResult> run(HostRef host, List<String> argv) {
        if (argv.getFirst().equals("losetup")) {
            return Optional.of(losetup(host, argv));
        }
        if (argv.getFirst().equals("test")) {
            return Optional.of(kernel.node(host.name(), argv.get(2)).isPresent() ? ok("") : failed(1, ""));
        }
        if (argv.getFirst().equals("find")) {
            var holders = kernel.node(host.name(), argv.getLast())
                    .map(device -> device.holders)
                    .orElse(0);
            return Optional.of(ok("/proc/4711/fd/5\n".repeat(hideHolders ? 0 : holders)));
        }
        if (argv.getFirst().equals(HostCommand.HELPER) && argv.get(1).equals("device-size")) {
            return Optional.of(kernel.node(host.name(), argv.get(2))
                    .map(device -> ok(device.size + "\n"))
                    .orElseGet(() -> failed(20, "absent: " + argv.get(2))));
        }
        return Optional.empty();
    }

    private CommandResult losetup(HostRef host, List<String> argv) {
        return switch (argv.get(1)) {
            case "--list" -> ok(listing());
            case "--find" ->
                Optional.of(Path.of(argv.getLast()))
                        .filter(Files::isRegularFile)
                        .map(file -> ok(kernel.attach(host.name(), file).name + "\n"))
                        .orElseGet(() -> failed(1, "losetup: No such file or directory"));
            case "--detach" -> onDevice(host, argv.getLast(), kernel::detach);
            case "--set-capacity" -> onDevice(host, argv.getLast(), FakeKernel.Device::readSizeAnew);
            default -> failed(1, "losetup: unknown option " + argv.get(1));
        };
    }

    private CommandResult onDevice(HostRef host, String name, Consumer<FakeKernel.Device> action) {
        var device = kernel.node(host.name(), name);
        device.ifPresent(action);
        return device.isPresent() ? ok("") : failed(1, "losetup: " + name + ": No such device");
    }

    private String listing() {
        var lines = new StringBuilder();
        for (var device : kernel.all()) {
            var file = device.file + (device.fileIsDeleted() ? " (deleted)" : "");
            lines.append(device.name)
                    .append(device.leaving ? " 1 " : " 0 ")
                    .append(file.replace("\\", "\\x5c").replace(" ", "\\x20"))
                    .append('\n');
        }
        return lines.toString();
    }
}
