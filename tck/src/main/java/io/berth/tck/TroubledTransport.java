package io.berth.tck;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.util.function.Predicate;

/** Carries commands like another transport, counts them, and has trouble with one of them. Thread-safe. */
public final class TroubledTransport implements HostTransport {
    /** Means nothing to anybody. */
    private static final int SOME_CODE = 99;

    private final HostTransport sound;
    private final Predicate<HostCommand> when;
    private final Trouble trouble;
    private int count;
    private String struck = "";

    private TroubledTransport(HostTransport sound, Predicate<HostCommand> when, Trouble trouble) {
        this.sound = sound;
        this.when = when;
        this.trouble = trouble;
    }

    public static TroubledTransport untroubled(HostTransport sound) {
        return new TroubledTransport(sound, any -> false, Trouble.FAILS);
    }

    /** @param position of the command, from 1 on */
    public static TroubledTransport at(int position, HostTransport sound, Trouble trouble) {
        var left = new int[] {position};
        return new TroubledTransport(sound, any -> --left[0] == 0, trouble);
    }

    /** At the first command with that argument. */
    public static TroubledTransport at(String word, HostTransport sound, Trouble trouble) {
        return new TroubledTransport(sound, command -> command.argv().contains(word), trouble);
    }

    @Override
    public CommandResult run(HostRef host, HostCommand command) {
        if (!strikes(host, command)) {
            return sound.run(host, command);
        }
        if (trouble.isDone()) {
            var _ = sound.run(host, command);
        }
        if (trouble.isHeard()) {
            return new CommandResult(SOME_CODE, "", "something went wrong\n", false);
        }
        throw Failure.of(FailureKind.UNKNOWN_OUTCOME, "host.deadline", "no answer came in time")
                .host(host)
                .next("look what is there")
                .build();
    }

    private synchronized boolean strikes(HostRef host, HostCommand command) {
        count++;
        if (!struck.isEmpty() || !when.test(command)) {
            return false;
        }
        struck = host + " " + command;
        return true;
    }

    /** Commands so far. */
    public synchronized int count() {
        return count;
    }

    /** Whether the trouble has come. */
    public synchronized boolean hasStruck() {
        return !struck.isEmpty();
    }

    @Override
    public synchronized String toString() {
        return struck.isEmpty() ? "no trouble" : trouble + " at " + struck;
    }

    /** The other transport stays its owner's to close. */
    @Override
    public void close() {}
}
