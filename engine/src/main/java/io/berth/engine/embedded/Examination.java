package io.berth.engine.embedded;

import io.berth.core.journal.Journal;
import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.operation.Operations;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.engine.Finding;
import io.berth.engine.configuration.Configuration;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything that Berth needs, and at everything it may have left. */
final class Examination {
    private final Configuration configuration;
    private final Journal journal;
    private final SiteDrivers drivers;
    private final HostLook hosts;
    private final Operations operations;

    Examination(
            Configuration configuration, Journal journal, SiteDrivers drivers, HostLook hosts, Operations operations) {
        this.configuration = configuration;
        this.journal = journal;
        this.drivers = drivers;
        this.hosts = hosts;
        this.operations = operations;
    }

    List<Finding> run() {
        var findings = new ArrayList<Finding>();
        findings.add(Finding.of("configuration", this::configuration));
        findings.add(Finding.of("journal", this::journal));
        findings.addAll(hosts());
        findings.addAll(AtOnce.each(drivers.datastoreNames(), this::datastore));
        findings.add(Finding.of("operations", this::unfinished));
        findings.add(Finding.of("leftovers", this::leftovers));
        return List.copyOf(findings);
    }

    /** A bad one was refused when the engine was opened. */
    private String configuration() {
        var names = drivers.datastoreNames();
        if (names.isEmpty()) {
            throw Failure.of(FailureKind.CALLER, "datastore.none", "no datastore is configured")
                    .why(configuration.source() + (Files.exists(configuration.source()) ? " has none" : " isn't there"))
                    .next("add one under 'datastores': docs/reference/configuration.md tells how")
                    .build();
        }
        return configuration.source() + ", datastores " + names;
    }

    private String journal() {
        var condition = journal.examine();
        return "whole and writable, " + condition.size() + ", " + condition.free() + " free";
    }

    private List<Finding> hosts() {
        var known = drivers.hosts();
        if (known.isEmpty()) {
            return List.of(Finding.trouble(
                    "hosts",
                    Failure.of(FailureKind.CALLER, "host.none", "no host was added")
                            .next("add those that run VMs with 'berth host add'")
                            .build()));
        }
        return AtOnce.each(known, this::host).stream().flatMap(List::stream).toList();
    }

    private List<Finding> host(HostRef host) {
        return hosts.all(host).stream()
                .map(finding -> finding.in("host " + host))
                .toList();
    }

    private Finding datastore(String name) {
        return Finding.of("datastore " + name, () -> {
            var storage = drivers.storage(name);
            return storage.type() + ", "
                    + EmbeddedDatastores.text(storage.volumes().capacity()) + ", "
                    + storage.ledger().list().size() + " checkpoints";
        });
    }

    private String unfinished() {
        var open = journal.open();
        var resting = open.stream().filter(this::isForRecovery).toList();
        if (!resting.isEmpty()) {
            throw Failure.of(FailureKind.CONFLICT, "operations.unfinished", "operations aren't finished")
                    .why(resting.size() + " of them, the first is "
                            + resting.getFirst().kind() + " of "
                            + resting.getFirst().vm())
                    .next("see 'berth recover --dry-run', then run 'berth recover'")
                    .build();
        }
        return open.isEmpty() ? "none is unfinished" : open.size() + " under way";
    }

    /** One whose process works on it, or will be found dead by its silence, has its lease. */
    private boolean isForRecovery(OperationEntry entry) {
        return entry.state() != OperationState.ACTIVE
                || journal.lease(entry.vm().uuid())
                        .filter(lease -> lease.operation().equals(entry.id()))
                        .isEmpty();
    }

    private String leftovers() {
        var found = operations.collectGarbage(false).leftovers();
        if (!found.isEmpty()) {
            throw Failure.of(FailureKind.CONFLICT, "leftovers.found", "something is left that nobody owns")
                    .why(found.size() + " of it, the first is "
                            + found.getFirst().volume())
                    .next("see 'berth gc'; 'berth gc --delete' removes what is safe to remove")
                    .build();
        }
        return "none";
    }
}
