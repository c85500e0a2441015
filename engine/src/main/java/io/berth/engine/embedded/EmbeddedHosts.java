package io.berth.engine.embedded;

import io.berth.core.Drivers;
import io.berth.core.journal.Journal;
import io.berth.core.journal.Journal.HostEntry;
import io.berth.core.journal.OperationEntry;
import io.berth.core.plan.PlanCodec;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.engine.Finding;
import io.berth.engine.HostCheck;
import io.berth.engine.HostView;
import io.berth.engine.Hosts;
import java.util.ArrayList;
import java.util.List;

final class EmbeddedHosts implements Hosts {
    private static final String NOT_ASKED_YET = "";

    private final Journal journal;
    private final HostRegistry registry;
    private final Drivers drivers;
    private final HostSetup setup;
    private final HostLook look;

    EmbeddedHosts(Journal journal, HostRegistry registry, Drivers drivers, HostSetup setup, HostLook look) {
        this.journal = journal;
        this.registry = registry;
        this.drivers = drivers;
        this.setup = setup;
        this.look = look;
    }

    @Override
    public List<HostView> list() {
        return registry.entries().stream()
                .map(entry -> new HostView(
                        entry.host(),
                        entry.address(),
                        drivers.hypervisor(entry.host()).type()))
                .toList();
    }

    @Override
    public void add(HostRef host, String address) {
        setup.validate(address);
        setup.install(host, address);
        registry.tryOut(new HostEntry(host, address, NOT_ASKED_YET));
        try {
            look.greet(host);
        } catch (Failure failure) {
            registry.dropTrial(host);
            throw failure;
        }
        registry.put(new HostEntry(host, address, drivers.hypervisor(host).type()));
    }

    @Override
    public HostCheck check(HostRef host) {
        registry.entry(host);
        var findings = new ArrayList<>(look.all(host));
        if (findings.getFirst().isGood()) {
            drivers.datastores()
                    .forEach((name, storage) -> findings.add(Finding.of(
                            "datastore " + name,
                            () -> EmbeddedDatastores.text(storage.volumes().capacity()))));
        }
        return new HostCheck(host, findings);
    }

    @Override
    public void remove(HostRef host, boolean onlyForget) {
        var entry = registry.entry(host);
        journal.open().stream()
                .filter(operation -> concerns(operation, host))
                .findFirst()
                .ifPresent(operation -> {
                    throw Failure.of(FailureKind.CONFLICT, "host.in-use", "host " + host + " is still needed")
                            .why("operation " + operation.id() + " (" + operation.kind() + ") isn't finished")
                            .next("run 'berth recover' first")
                            .build();
                });
        if (!onlyForget) {
            setup.remove(host, entry.address());
        }
        registry.remove(host);
    }

    /** An operation that can't be read may concern any host. */
    private static boolean concerns(OperationEntry operation, HostRef host) {
        try {
            return PlanCodec.read(operation.plan()).hosts().contains(host);
        } catch (Failure _) {
            return true;
        }
    }
}
