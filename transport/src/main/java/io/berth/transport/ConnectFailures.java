package io.berth.transport;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;

/** Why no conversation with a helper came about, told from how ssh, sudo or the helper ended. Nothing was sent. */
final class ConnectFailures {
    static final int SSH_ITSELF_FAILED = 255;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    private ConnectFailures() {}

    static Failure local(HostRef host, int exitCode, String complaint, String why) {
        if (complaint.contains("sudo:")) {
            return noSudo(host, complaint);
        }
        return exitCode < 0 ? HostFailures.unreachable(host, why) : noHelper(host, lastLine(complaint, why));
    }

    static Failure ssh(HostRef host, int exitCode, String complaint, String why) {
        if (exitCode == SshConnector.NO_HELPER || exitCode == NOT_EXECUTABLE || exitCode == NOT_FOUND) {
            return noHelper(host, lastLine(complaint, "it is not installed there"));
        }
        if (complaint.contains("sudo:")) {
            return noSudo(host, complaint);
        }
        if (exitCode == SSH_ITSELF_FAILED || exitCode < 0) {
            return sshItself(host, complaint, why);
        }
        return environment("host.bad-answer", "Something else than Berth's helper answered", host, complaint)
                .why(why)
                .next("see what 'ssh HOST true' prints: a login shell must be silent for programs")
                .build();
    }

    /** Only what ssh says when it fails itself: the same words from a command on the host mean something else. */
    static Failure sshItself(HostRef host, String complaint, String why) {
        if (complaint.contains("Host key verification failed")
                || complaint.contains("REMOTE HOST IDENTIFICATION HAS CHANGED")) {
            return environment("host.unknown-key", "The host's ssh key isn't the known one", host, complaint)
                    .why("ssh refused to trust it: " + lastLine(complaint, why))
                    .next("compare the host's key, put it into known_hosts ('ssh-keyscan' shows it), then try again")
                    .build();
        }
        if (complaint.contains("Permission denied") || complaint.contains("Too many authentication failures")) {
            return environment("host.ssh-refused", "The host refused the ssh login", host, complaint)
                    .why(lastLine(complaint, why))
                    .next("put this user's public key into the host's authorized_keys, or load the key into the agent")
                    .build();
        }
        return HostFailures.unreachable(host, lastLine(complaint, why));
    }

    static Failure noHelper(HostRef host, String why) {
        return Failure.of(FailureKind.ENVIRONMENT, "host.no-helper", "Berth's helper can't be run")
                .host(host)
                .why(why)
                .next("run 'berth host add " + host + "', which installs it")
                .build();
    }

    static Failure doesNotFit(HostRef host, HelperVersion version) {
        return Failure.of(FailureKind.ENVIRONMENT, "host.helper-old", "Berth's helper has another version")
                .host(host)
                .why("it has version " + Printable.line(version.version()) + " (protocol " + version.protocol()
                        + ", level " + version.level() + "), wanted are protocol " + HelperVersion.PROTOCOL
                        + " and level " + HelperVersion.LEVEL + " or more")
                .next("run 'berth host add " + host + "', which brings it up to date")
                .build();
    }

    static Failure noSsh(HostRef host, Throwable cause) {
        return Failure.of(FailureKind.ENVIRONMENT, "host.no-ssh", "The ssh client can't be run")
                .host(host)
                .why(Printable.line(String.valueOf(cause.getMessage())))
                .next("install the OpenSSH client here")
                .cause(cause)
                .build();
    }

    static Failure noSudo(HostRef host, String complaint) {
        return environment("host.no-sudo", "The login may not run Berth's helper as root", host, complaint)
                .why(lastLine(complaint, ""))
                .next("run 'berth host add " + host + "' as a login that may use sudo; it makes the entry")
                .build();
    }

    private static Failure.Builder environment(String code, String what, HostRef host, String complaint) {
        return Failure.of(FailureKind.ENVIRONMENT, code, what).host(host).output(complaint);
    }

    private static String lastLine(String complaint, String otherwise) {
        return complaint
                .strip()
                .lines()
                .reduce((first, last) -> last)
                .map(Printable::line)
                .orElse(otherwise);
    }
}
