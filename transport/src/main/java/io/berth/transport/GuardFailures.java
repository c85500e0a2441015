package io.berth.transport;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;

/** What the guard's answers mean to people. */
final class GuardFailures {
    private GuardFailures() {}

    static Failure.Builder refused(HostRef host, String why) {
        return Failure.of(FailureKind.CONFLICT, "guard.refused", "The host's guard refused a command for this VM")
                .host(host)
                .why("a later owner was here: " + why)
                .next(
                        "another Berth has taken the VM over; see 'berth operation list' there, and start anew if needed");
    }

    static Failure.Builder busy(HostRef host, String why) {
        return Failure.of(FailureKind.CONFLICT, "guard.busy", "An earlier command for this VM still runs")
                .host(host)
                .why(why)
                .next("wait for it to end and try again, or run 'berth recover'");
    }

    static Failure.Builder broken(HostRef host, String why) {
        return Failure.of(FailureKind.ENVIRONMENT, "guard.broken", "The host's guard can't read or keep its files")
                .host(host)
                .why(why)
                .next("make room on the host's file system under /var/lib/berth and check that it is writable");
    }
}
