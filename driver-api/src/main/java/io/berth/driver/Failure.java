package io.berth.driver;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Berth: what happened, why, what to do next. An operator reads it at three in the morning.
 *
 * <p>The {@link #code()} is stable, in lower case, {@code area.what}; scripts may depend on it. A failure of a
 * mutating call means "not done" unless its kind is {@link FailureKind#UNKNOWN_OUTCOME}; the engine probes in both
 * cases, since programs are known to report an error for what they did (OpenNebula/one#6634). Secrets never get in:
 * {@link Builder#command} takes what is safe to show. Immutable.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final FailureKind kind;
    private final String code;
    private final String what;
    private final String why;
    private final String next;
    private final @Nullable String host;
    private final @Nullable String command;
    private final List<String> output;

    private Failure(Builder builder) {
        super(builder.what, builder.cause);
        this.kind = builder.kind;
        this.code = builder.code;
        this.what = builder.what;
        this.why = builder.why;
        this.next = builder.next;
        this.host = builder.host;
        this.command = builder.command;
        this.output = List.copyOf(builder.output);
    }

    public static Builder of(FailureKind kind, String code, String what) {
        return new Builder(kind, code, what);
    }

    public FailureKind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public boolean is(String otherCode) {
        return code.equals(otherCode);
    }

    /** Whether the thing may have been done all the same. */
    public boolean isUnknownOutcome() {
        return kind == FailureKind.UNKNOWN_OUTCOME;
    }

    /**
     * Notes what went wrong besides, for whoever reads the whole story. Both may be one and the same: all who wait for a
     * connection are told with one failure why there is none.
     */
    public void noteBeside(Throwable other) {
        if (other != this) {
            addSuppressed(other);
        }
    }

    public String what() {
        return what;
    }

    /** Empty when nothing is known beyond {@link #what()}. */
    public String why() {
        return why;
    }

    /** What the reader should do now; empty only for bugs. */
    public String next() {
        return next;
    }

    public Optional<HostRef> host() {
        return Optional.ofNullable(host).map(HostRef::new);
    }

    /** The command that failed, fit to be shown. */
    public Optional<String> command() {
        return Optional.ofNullable(command);
    }

    /** The last lines the command wrote to its error output. */
    public List<String> output() {
        return output;
    }

    @Override
    public String getMessage() {
        var text = new StringBuilder(what);
        if (host != null) {
            text.append(" on host ").append(host);
        }
        if (!why.isEmpty()) {
            text.append(": ").append(why);
        }
        return text.append(" [").append(code).append(']').toString();
    }

    /** Collects a failure's parts. Not thread-safe. */
    public static final class Builder {
        private static final int OUTPUT_LINES = 5;

        private final FailureKind kind;
        private final String code;
        private final String what;
        private String why = "";
        private String next = "";
        private @Nullable String host;
        private @Nullable String command;
        private List<String> output = List.of();
        private @Nullable Throwable cause;

        private Builder(FailureKind kind, String code, String what) {
            this.kind = kind;
            this.code = code;
            this.what = what;
        }

        public Builder why(String reason) {
            this.why = reason;
            return this;
        }

        public Builder next(String advice) {
            this.next = advice;
            return this;
        }

        public Builder host(HostRef where) {
            this.host = where.name();
            return this;
        }

        /** @param shown already free of secrets */
        public Builder command(String shown) {
            this.command = Printable.line(shown);
            return this;
        }

        /** Keeps the last five lines. */
        public Builder output(String errorOutput) {
            return outputLines(errorOutput.strip().lines().toList());
        }

        /** Keeps the last five of these lines. */
        public Builder outputLines(List<String> lines) {
            this.output = lines.subList(Math.max(0, lines.size() - OUTPUT_LINES), lines.size()).stream()
                    .map(Printable::line)
                    .toList();
            return this;
        }

        public Builder cause(Throwable reason) {
            this.cause = reason;
            return this;
        }

        public Failure build() {
            // Every test that meets a failure sees to it; for whoever reads one at three in the morning it would come
            // too late.
            assert kind == FailureKind.BUG || !next.isBlank() : code + " doesn't say what to do next";
            return new Failure(this);
        }
    }
}
