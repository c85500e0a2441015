package io.berth.hypervisor.script;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.HostMemory;
import io.berth.driver.hypervisor.MemoryEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looks at guests and hosts through the scripts that only tell. */
final class ScriptedGuests {
    private final GuestScripts scripts;

    ScriptedGuests(GuestScripts scripts) {
        this.scripts = scripts;
    }

    List<GuestView> list(HostRef host) {
        return GuestLines.read(host, scripts.ask(host, GuestFunction.LIST));
    }

    Optional<GuestView> find(HostRef host, UUID vm) {
        return list(host).stream().filter(view -> view.vm().uuid().equals(vm)).findFirst();
    }

    Optional<GuestView> alive(HostRef host, VmRef vm) {
        return find(host, vm.uuid()).filter(view -> view.state().isAlive());
    }

    /** @throws Failure {@code vm.absent} */
    GuestView existing(HostRef host, VmRef vm) {
        return find(host, vm.uuid())
                .orElseThrow(() -> Failure.of(FailureKind.CALLER, "vm.absent", vm + " isn't there")
                        .next("look where it is with 'berth vm list'")
                        .host(host)
                        .build());
    }

    GuestDescription describe(HostRef host, VmRef vm) {
        var view = existing(host, vm);
        var facts = facts(host, vm);
        var definition = scripts.ask(host, GuestFunction.DEFINITION, vm.uuid().toString());
        return new GuestDescription(
                view,
                new GuestProfile(
                        facts.text("architecture"),
                        facts.text("machine"),
                        facts.find("cpu").orElse(""),
                        facts.text("version"),
                        facts.size("memory"),
                        List.of()),
                definition,
                view.persistent() ? Optional.of(definition) : Optional.empty(),
                facts.all("obstacle").stream()
                        .map(obstacle -> notSavable(host, vm, obstacle))
                        .toList());
    }

    private static Failure notSavable(HostRef host, VmRef vm, String why) {
        return Failure.of(FailureKind.HYPERVISOR, "vm.not-savable", vm + " can't be saved as it is")
                .host(host)
                .why(why)
                .next("take away what stands in the way, then try again")
                .build();
    }

    MemoryEstimate estimate(HostRef host, VmRef vm) {
        existing(host, vm);
        var facts = facts(host, vm);
        var bound = facts.size("bound").plus(ImageFrame.ROOM);
        var need = facts.find("need").isEmpty() ? bound : facts.size("need").plus(ImageFrame.ROOM);
        return new MemoryEstimate(need.exceeds(bound) ? bound : need, bound);
    }

    boolean isMadeBy(HostRef host, VmRef vm, OperationId operation) {
        return alive(host, vm).isPresent()
                && facts(host, vm).find("restored-by").equals(Optional.of(operation.id()));
    }

    private ToldFacts facts(HostRef host, VmRef vm) {
        return ToldFacts.read(
                host,
                GuestFunction.SHOW,
                scripts.ask(host, GuestFunction.SHOW, vm.uuid().toString()));
    }

    HostMemory memory(HostRef host) {
        var facts = hostFacts(host);
        return new HostMemory(facts.size("memory-free"), facts.size("memory-total"));
    }

    String version(HostRef host) {
        return hostFacts(host).text("version");
    }

    /** Saved memory of one version isn't expected to be read by another: nobody here knows better. */
    List<Failure> obstacles(HostRef host, GuestProfile profile) {
        var facts = hostFacts(host);
        var obstacles = new ArrayList<Failure>();
        if (!facts.all("architecture").contains(profile.architecture())) {
            obstacles.add(unfit(host, "host.no-machine", "architecture", profile.architecture()));
        }
        if (!facts.all("machine").contains(profile.machine())) {
            obstacles.add(unfit(host, "host.no-machine", "machine", profile.machine()));
        }
        if (!facts.text("version").equals(profile.emulatorVersion())) {
            obstacles.add(unfit(host, "host.other-version", "version", profile.emulatorVersion()));
        }
        return obstacles;
    }

    private static Failure unfit(HostRef host, String code, String what, String wanted) {
        return Failure.of(FailureKind.HYPERVISOR, code, "the guest can't go on there")
                .host(host)
                .why("it was saved with the " + what + " '" + wanted + "', and the host's script doesn't tell that")
                .next("name another host, or give that one the same hypervisor")
                .build();
    }

    private ToldFacts hostFacts(HostRef host) {
        return ToldFacts.read(host, GuestFunction.HOST, scripts.ask(host, GuestFunction.HOST));
    }
}
