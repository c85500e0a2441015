package io.berth.transport;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.util.regex.Pattern;

/** How a host is reached. Immutable. */
public sealed interface HostAddress {
    /** This machine: no ssh. */
    record Local() implements HostAddress {}

    /**
     * Through the OpenSSH client and the user's own configuration of it.
     *
     * @param destination as {@code ssh} takes it: a name from {@code ssh_config}, {@code user@host} or {@code
     *     ssh://user@host:port}
     */
    record Ssh(String destination) implements HostAddress {
        // No leading dash: ssh would take it for an option, and there are options that run programs.
        private static final Pattern FORM = Pattern.compile("(ssh://)?[A-Za-z0-9_.@:\\[\\]%][A-Za-z0-9_.@:\\[\\]%-]*");

        /** @throws Failure {@code host.bad-address} (CALLER) */
        public Ssh {
            if (!FORM.matcher(destination).matches() || destination.length() > 255) {
                throw Failure.of(
                                FailureKind.CALLER,
                                "host.bad-address",
                                "'" + Printable.line(destination) + "' is no address of a host")
                        .why("an address is what 'ssh' takes: a name, user@host or ssh://user@host:port")
                        .next("give such an address with --address")
                        .build();
            }
        }
    }

    /** {@code local} means this machine, anything else goes to ssh. */
    static HostAddress of(String text) {
        return text.equals("local") ? new Local() : new Ssh(text);
    }
}
