package io.berth.storage.ceph;

import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;
import io.berth.storage.hosts.DatastoreHosts;

/** Asks what a host has. What a host lacks is remembered, so an answer that is no answer is never taken for a no. */
record HostQuestions(DatastoreHosts hosts) {
    private static final int NO = 1;

    /** @throws io.berth.driver.Failure when the question's end means neither yes nor no */
    boolean isSo(HostRef host, HostCommand question) {
        var answer = hosts.on(host, question);
        return switch (answer.result().exitCode()) {
            case 0 -> true;
            case NO, CephFailures.NO_PROGRAM -> false;
            default -> throw answer.failure("it is unknown how that host can attach images");
        };
    }
}
