package io.berth.server;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.engine.Hosts;
import io.berth.engine.configuration.Configuration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a daemon lacks to be of use. No reason not to start: hosts are made known while it runs. */
final class Shortcomings {
    private Shortcomings() {}

    static List<Failure> of(Configuration configuration, Hosts hosts) {
        return Stream.of(noHosts(hosts), noDatastores(configuration))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Failure> noHosts(Hosts hosts) {
        return hosts.list().isEmpty()
                ? Optional.of(Failure.of(FailureKind.ENVIRONMENT, "daemon.no-hosts", "no host is known yet")
                        .why("so there is no VM to work on")
                        .next("make one known: 'berth host add NAME --address ADDRESS'")
                        .build())
                : Optional.empty();
    }

    private static Optional<Failure> noDatastores(Configuration configuration) {
        return configuration.datastores().isEmpty()
                ? Optional.of(
                        Failure.of(FailureKind.ENVIRONMENT, "daemon.no-datastores", "no datastore is configured yet")
                                .why("so there is nowhere to save a VM's memory")
                                .next("name one under 'datastores' in " + configuration.source()
                                        + ", and start the daemon anew")
                                .build())
                : Optional.empty();
    }
}
