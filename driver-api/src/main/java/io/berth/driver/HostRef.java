package io.berth.driver;

import java.util.regex.Pattern;

/** A host by the name it was added under: letters, digits, dot, dash and underscore, at most 64 characters. */
public record HostRef(String name) implements Comparable<HostRef> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public HostRef {
        if (!NAME.matcher(name).matches()) {
            throw Failure.of(FailureKind.CALLER, "host.bad-name", "'" + Printable.line(name) + "' is no host name")
                    .why("a host name has letters, digits, dots, dashes and underscores, at most 64 of them")
                    .next("give the host such a name and its address with --address")
                    .build();
        }
    }

    @Override
    public int compareTo(HostRef other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
