package io.berth.driver.host;

import io.berth.driver.Call;
import io.berth.driver.Cancellation;
import io.berth.driver.FencingToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A program to be run on a host. Immutable.
 *
 * <p>{@code argv[0]} is a program's name or absolute path; {@link #HELPER} there means one of the host helper's own
 * commands, which starts no process image.
 */
public final class HostCommand {
    /** Stands for the host helper as a program. */
    public static final String HELPER = "berth-host";

    private static final Duration READ_DEADLINE = Duration.ofSeconds(30);

    private final List<String> argv;
    private final byte[] stdin;
    private final @Nullable Call call;
    private final Duration deadline;
    private final @Nullable Consumer<String> outputLines;

    private HostCommand(
            List<String> argv,
            byte[] stdin,
            @Nullable Call call,
            Duration deadline,
            @Nullable Consumer<String> outputLines) {
        this.argv = List.copyOf(argv);
        this.stdin = stdin;
        this.call = call;
        this.deadline = deadline;
        this.outputLines = outputLines;
    }

    /** A command that changes nothing: no guard, 30 s. */
    public static HostCommand reading(String... argv) {
        return new HostCommand(List.of(argv), new byte[0], null, READ_DEADLINE, null);
    }

    /** A command that changes something: it passes the guard with the call's token. */
    public static HostCommand changing(Call call, String... argv) {
        return new HostCommand(List.of(argv), new byte[0], call, call.deadline(), null);
    }

    public HostCommand withStdin(byte[] bytes) {
        return new HostCommand(argv, bytes.clone(), call, deadline, outputLines);
    }

    public HostCommand withDeadline(Duration longest) {
        return new HostCommand(argv, stdin, call, longest, outputLines);
    }

    /** Hands each line of standard output to {@code listener} as it comes; the stall timer starts anew each time. */
    public HostCommand withOutputLines(Consumer<String> listener) {
        return new HostCommand(argv, stdin, call, deadline, listener);
    }

    public List<String> argv() {
        return argv;
    }

    public byte[] stdin() {
        return stdin.clone();
    }

    public Optional<FencingToken> token() {
        return Optional.ofNullable(call).map(Call::token);
    }

    public Duration deadline() {
        return deadline;
    }

    /** Longest silence of a changing command that reports lines; empty when nobody listens to its lines. */
    public Optional<Duration> stall() {
        return Optional.ofNullable(call).filter(with -> outputLines != null).map(Call::stall);
    }

    public Cancellation cancellation() {
        return call == null ? Cancellation.never() : call.cancellation();
    }

    public Consumer<String> outputLines() {
        return outputLines == null ? line -> {} : outputLines;
    }

    /** The arguments as a person would read them; never run this. */
    @Override
    public String toString() {
        return String.join(" ", argv);
    }
}
