package io.berth.opennebula.explain;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.engine.Engine;
import io.berth.opennebula.oned.HistoryRecord;
import io.berth.opennebula.oned.Oned;
import io.berth.opennebula.oned.VirtualMachine;
import io.berth.transport.script.SshWay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Asks OpenNebula's core, every host that a VM may be on, and Berth's own engine. Looking changes nothing; it works beside
 * the stock drivers, and on hosts that Berth doesn't know. Thread-safe.
 */
public final class Investigation {
    private final Oned oned;
    private final Engine engine;
    private final HostLook look;

    Investigation(Oned oned, Engine engine, HostLook look) {
        this.oned = oned;
        this.engine = engine;
        this.look = look;
    }

    /** @param oned the core whose hosts the user's own ssh reaches */
    public static Investigation of(Oned oned, Engine engine) {
        return new Investigation(
                oned,
                engine,
                HostLook.through(new SshWay("ssh", List.of("-o", "BatchMode=yes", "-o", "ConnectTimeout=10"), "sh")));
    }

    /** @throws Failure as {@link Oned} throws them; whatever else gives no answer is part of the explanation */
    public Explanation explain(int id) {
        var vm = oned.vm(id);
        var folders = folders(vm);
        var looks = looks(vm, folders);
        var berth = BerthSight.of(engine, vm);
        var silent = new ArrayList<>(berth.silent());
        vm.history().stream()
                .flatMap(stay -> StockVolumes.notLookedAt(id, stay).stream())
                .distinct()
                .forEach(silent::add);
        var hosts = looks.stream().map(berth::completed).toList();
        var facts = new Facts(
                vm, hosts, berth.elsewhere(folders.byHost().keySet()), berth.blocks(), berth.unfinished(), silent);
        return Explanation.of(facts, folders);
    }

    /**
     * Tells OpenNebula what the verdict names.
     *
     * @throws Failure {@code opennebula.no-recovery} (CALLER) when it names nothing; {@code opennebula.changed} (CONFLICT)
     *     when the VM isn't any more what it was when it was looked at; what {@link Oned#recover} throws
     */
    public void apply(Explanation explanation) {
        var vm = explanation.vm();
        var recovery = explanation.verdict().recovery().orElseThrow(() -> noRecovery(explanation));
        if (!oned.vm(vm.id()).equals(vm)) {
            throw Failure.of(FailureKind.CONFLICT, "opennebula.changed", "VM " + vm.id() + " has changed meanwhile")
                    .why("it isn't in the state any more that was looked at")
                    .next("look again: 'berth opennebula explain " + vm.id() + "'")
                    .build();
        }
        oned.recover(vm.id(), recovery);
    }

    private static Failure noRecovery(Explanation explanation) {
        return Failure.of(
                        FailureKind.CALLER,
                        "opennebula.no-recovery",
                        "nothing may be told to OpenNebula about VM "
                                + explanation.vm().id())
                .why(explanation.verdict().why())
                .next(
                        explanation.verdict().next().isEmpty()
                                ? "nothing is to be done"
                                : explanation.verdict().next())
                .build();
    }

    private Folders folders(VirtualMachine vm) {
        Map<String, String> byHost = new LinkedHashMap<>();
        for (var stay : vm.history()) {
            var folder = folder(vm, stay);
            byHost.put(stay.host(), folder);
            byHost.put(HostLook.FRONT_END, folder);
        }
        return new Folders(byHost);
    }

    private String folder(VirtualMachine vm, HistoryRecord stay) {
        try {
            return oned.datastore(stay.datastore()).basePath().replaceAll("/{2,}", "/") + "/" + vm.id();
        } catch (Failure untold) {
            return "";
        }
    }

    private List<HostSight> looks(VirtualMachine vm, Folders folders) {
        var hosts = Stream.concat(vm.history().stream().map(HistoryRecord::host), Stream.of(HostLook.FRONT_END))
                .distinct()
                .filter(host -> !vm.history().isEmpty())
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return hosts.stream()
                    .map(host -> CompletableFuture.supplyAsync(
                            () -> look.at(host, folders.at(host), vm.guestName()), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }
}
