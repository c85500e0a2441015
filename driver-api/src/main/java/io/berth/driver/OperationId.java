package io.berth.driver;

import java.util.regex.Pattern;

/**
 * An operation's name: lower-case letters and digits, 8 to 32 of them, so that it may be part of a volume's name on
 * every storage (LINSTOR allows 48 characters, and neither dots nor slashes).
 */
public record OperationId(String id) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]{8,32}");

    public OperationId {
        if (!FORM.matcher(id).matches()) {
            throw Failure.of(FailureKind.CALLER, "operation.bad-id", "'" + Printable.line(id) + "' is no operation id")
                    .why("an id has 8 to 32 lower-case letters and digits")
                    .next("look it up with 'berth operation list'")
                    .build();
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
