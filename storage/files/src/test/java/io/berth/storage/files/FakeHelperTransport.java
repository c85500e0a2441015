package io.berth.storage.files;

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
import java.util.function.Predicate;

/**
 * A fake transport to fake hosts: the helper's file commands are done in Java on this machine's file system, everything
 * else by what a test gives it. Nothing runs, nothing needs root. Commands come one after the other.
 */
public final class FakeHelperTransport implements HostTransport {
    public final Set<HostRef> unreachable = ConcurrentHashMap.newKeySet();

    private final FakePrograms programs;
    private final FakeFiles files = new FakeFiles();
    private final List<String> commands = new ArrayList<>();
    private final List<Accident> accidents = new ArrayList<>();

    public FakeHelperTransport(FakePrograms programs) {
        this.programs = programs;
    }

    /** What happens once in place of a command, or in place of its answer. */
    private record Accident(Predicate<HostCommand> when, Optional<CommandResult> answer, boolean afterwards) {}

    /** The next command of that kind isn't done and ends so. */
    public synchronized void answerOnce(Predicate<HostCommand> when, int exitCode, String errorOutput) {
        accidents.add(new Accident(when, Optional.of(new CommandResult(exitCode, "", errorOutput, false)), false));
    }

    /** The answer to the next command of that kind is lost, whether it was done or not. */
    public synchronized void loseOnce(Predicate<HostCommand> when, boolean done) {
        accidents.add(new Accident(when, Optional.empty(), done));
    }

    public static Predicate<HostCommand> withWord(String word) {
        return command -> command.argv().contains(word);
    }

    /** Every command so far, arguments in brackets, its host before it. */
    public synchronized List<String> commands() {
        return List.copyOf(commands);
    }

    public synchronized void forgetCommands() {
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
        var done = programs.run(host, argv, command.stdin());
        if (done.isPresent()) {
            return done.get();
        }
        if (!argv.getFirst().equals(HostCommand.HELPER)) {
            return failed(127, argv.getFirst() + ": not found");
        }
        return files.execute(argv.subList(1, argv.size()), command.stdin());
    }

    public static CommandResult ok(String output) {
        return new CommandResult(0, output, "", false);
    }

    public static CommandResult failed(int exitCode, String error) {
        return new CommandResult(exitCode, "", error + "\n", false);
    }

    @Override
    public void close() {}
}
