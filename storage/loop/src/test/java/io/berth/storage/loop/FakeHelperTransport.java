package io.berth.storage.loop;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A fake transport to fake hosts: the helper's file commands are done in Java on this machine's file system, loop
 * devices are {@link FakeKernel}'s. Nothing runs, nothing needs root. Commands come one after the other.
 */
final class FakeHelperTransport implements HostTransport {
    final FakeKernel kernel = new FakeKernel();
    final Set<HostRef> unreachable = ConcurrentHashMap.newKeySet();

    /** As if the kernel itself, or a process that can't be looked at, held the devices. */
    volatile boolean hideHolders;

    private final FakeFiles files = new FakeFiles();
    private final List<String> commands = new ArrayList<>();
    private final List<Accident> accidents = new ArrayList<>();

    /** What happens once in place of a command, or in place of its answer. */
    private record Accident(Predicate<HostCommand> when, Optional<CommandResult> answer, boolean afterwards) {}

    /** The next command of that kind isn't done and ends so. */
    synchronized void answerOnce(Predicate<HostCommand> when, int exitCode, String errorOutput) {
        accidents.add(new Accident(when, Optional.of(new CommandResult(exitCode, "", errorOutput, false)), false));
    }

    /** The answer to the next command of that kind is lost, whether it was done or not. */
    synchronized void loseOnce(Predicate<HostCommand> when, boolean done) {
        accidents.add(new Accident(when, Optional.empty(), done));
    }

    static Predicate<HostCommand> withWord(String word) {
        return command -> command.argv().contains(word);
    }

    /** Every command so far, arguments in brackets, its host before it. */
    synchronized List<String> commands() {
        return List.copyOf(commands);
    }

    synchronized void forgetCommands() {
        commands.clear();
    }

    @Override
    public synchronized CommandResult run(HostRef host, HostCommand command) {
        if (unreachable.contains(host)) {
            throw Failure.of(FailureKind.ENVIRONMENT, "host.unreachable", "can't connect")
                    .host(host)
                    .next("switch it on")
                    .build();
        }
        commands.add(host + " " + command.argv());
        var accident =
                accidents.stream().filter(one -> one.when().test(command)).findFirst();
        accident.ifPresent(accidents::remove);
        if (accident.isPresent() && accident.get().answer().isPresent()) {
            return accident.get().answer().get();
        }
        if (accident.isPresent()) {
            if (accident.get().afterwards()) {
                execute(host, command);
            }
            throw Failure.of(FailureKind.UNKNOWN_OUTCOME, "host.lost", "no answer")
                    .host(host)
                    .next("look what is there")
                    .build();
        }
        var result = execute(host, command);
        result.output().lines().forEach(command.outputLines());
        return result;
    }

    private CommandResult execute(HostRef host, HostCommand command) {
        var argv = command.argv();
        if (argv.getFirst().equals("losetup")) {
            return losetup(host, argv);
        }
        if (argv.getFirst().equals("test")) {
            return kernel.node(host.name(), argv.get(2)).isPresent() ? ok("") : failed(1, "");
        }
        if (argv.getFirst().equals("find")) {
            var holders = kernel.node(host.name(), argv.getLast())
                    .map(device -> device.holders)
                    .orElse(0);
            return ok("/proc/4711/fd/5\n".repeat(hideHolders ? 0 : holders));
        }
        if (!argv.getFirst().equals(HostCommand.HELPER)) {
            return failed(127, argv.getFirst() + ": not found");
        }
        if (argv.get(1).equals("device-size")) {
            return kernel.node(host.name(), argv.get(2))
                    .map(device -> ok(device.size + "\n"))
                    .orElseGet(() -> failed(20, "absent: " + argv.get(2)));
        }
        return files.execute(argv.subList(1, argv.size()), command.stdin());
    }

    private CommandResult losetup(HostRef host, List<String> argv) {
        return switch (argv.get(1)) {
            case "--list" -> ok(listing());
            case "--find" ->
                files.attachable(argv.getLast())
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

    static CommandResult ok(String output) {
        return new CommandResult(0, output, "", false);
    }

    static CommandResult failed(int exitCode, String error) {
        return new CommandResult(exitCode, "", error + "\n", false);
    }

    @Override
    public void close() {}
}
