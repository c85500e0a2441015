package io.berth.engine.embedded;

import io.berth.core.Drivers;
import io.berth.core.journal.Journal;
import io.berth.core.journal.Journal.HostEntry;
import io.berth.core.journal.OperationEntry;
import io.berth.core.plan.PlanCodec;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;
import io.berth.engine.HostCheck;
import io.berth.engine.HostCheck.Finding;
import io.berth.engine.HostView;
import io.berth.engine.Hosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

final class EmbeddedHosts implements Hosts {
    private static final String HYPERVISOR = "libvirt";

    private final Journal journal;
    private final HostRegistry registry;
    private final Drivers drivers;
    private final Parts parts;

    EmbeddedHosts(Journal journal, HostRegistry registry, Drivers drivers, Parts parts) {
        this.journal = journal;
        this.registry = registry;
        this.drivers = drivers;
        this.parts = parts;
    }

    @Override
    public List<HostView> list() {
        return registry.entries().stream()
                .map(entry -> new HostView(entry.host(), entry.address(), entry.hypervisor()))
                .toList();
    }

    @Override
    public void add(HostRef host, String address) {
        parts.setup().validate(address);
        var entry = new HostEntry(host, address, HYPERVISOR);
        parts.setup().install(host, address);
        registry.tryOut(entry);
        try {
            greet(host);
        } catch (Failure failure) {
            registry.dropTrial(host);
            throw failure;
        }
        registry.put(entry);
    }

    /** Through the helper, as everything later. */
    private void greet(HostRef host) {
        var answer = parts.transport().run(host, HostCommand.reading("uname", "-r"));
        if (!answer.succeeded()) {
            throw Failure.of(FailureKind.ENVIRONMENT, "host.unfit", "the host doesn't run a simple command")
                    .host(host)
                    .command("uname -r")
                    .output(answer.errorOutput())
                    .next("run it there by hand")
                    .build();
        }
    }

    @Override
    public HostCheck check(HostRef host) {
        var entry = registry.entry(host);
        var findings = new ArrayList<Finding>();
        findings.add(look("connection", () -> {
            greet(host);
            return "the helper answers (" + entry.address() + ")";
        }));
        if (findings.getFirst().trouble().isEmpty()) {
            findings.add(look("hypervisor", () -> describeHypervisor(host)));
            drivers.datastores()
                    .forEach((name, storage) -> findings.add(look("datastore " + name, () -> {
                        var room = storage.volumes().capacity();
                        return room.free() + " free of " + room.total();
                    })));
        }
        return new HostCheck(host, findings);
    }

    private String describeHypervisor(HostRef host) {
        var hypervisor = drivers.hypervisor(host);
        var writers = new TreeSet<>(hypervisor.capabilities(host).writers());
        return hypervisor.type() + ", " + hypervisor.list(host).size() + " VMs, writers " + writers;
    }

    private static Finding look(String subject, Supplier<String> question) {
        try {
            return new Finding(subject, question.get(), Optional.empty());
        } catch (Failure failure) {
            return new Finding(subject, "", Optional.of(failure));
        }
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
            parts.setup().remove(host, entry.address());
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
