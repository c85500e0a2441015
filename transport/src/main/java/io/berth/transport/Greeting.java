package io.berth.transport;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import java.time.Duration;

/** The first moments of a session: the helper says who it is, or it becomes known why it doesn't. */
final class Greeting {
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private Greeting() {}

    /** Makes a failure of how a program ended that should have let a helper speak. */
    @FunctionalInterface
    interface Diagnosis {
        /** @param exitCode of the program; -1 when it had to be killed */
        Failure of(HostRef host, int exitCode, String complaint, String why);
    }

    /** @param atMost how long the helper may take to say its first word */
    static HelperSession exchange(HostRef host, HelperProcess process, Duration atMost, Diagnosis diagnosis) {
        var session = new HelperSession(host, process);
        try {
            var version = session.version(atMost);
            if (version.fits()) {
                return session;
            }
            session.close();
            throw ConnectFailures.doesNotFit(host, version);
        } catch (HelperSession.NoHelperException silent) {
            var exitCode = process.ended(LAST_WORDS) ? process.exitCode() : -1;
            process.close();
            var why = silent.getMessage();
            throw diagnosis.of(host, exitCode, process.complaint(), why == null ? "" : why);
        } catch (InterruptedException stop) {
            session.close();
            Thread.currentThread().interrupt();
            throw HostFailures.unreachable(host, "interrupted while connecting");
        }
    }
}
