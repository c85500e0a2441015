package io.berth.cli;

import io.berth.driver.HostRef;
import java.util.List;

/** {@code berth host evacuate}. */
final class HostEvacuate {
    private static final String TO = "--to";

    private HostEvacuate() {}

    static Verb verb() {
        return Verb.of("evacuate", "Bring all VMs that run on a host to others.", HostEvacuate::run)
                .details(
                        "",
                        "Several at once, each to the host with the most memory left, live where that can be, else through a",
                        "checkpoint. One that can't go where it was to go is tried elsewhere; one that can't go anywhere stays",
                        "and is told. VMs that are shut off or suspended are left alone. Begun twice, the two share the work.")
                .options(SavingOptions.specs(
                        Specs.values(List.of(TO), "HOST", "Only to this one; may be given several times."),
                        Specs.flag(VmMigrate.LIVE, "Live or not at all."),
                        Specs.flag(VmMigrate.COLD, "Through checkpoints, even what could go live.")))
                .argument(Specs.one("NAME", "The host to be emptied."));
    }

    private static ExitCode run(Invocation invocation) {
        var request = SavingOptions.of(invocation)
                .evacuation(new HostRef(invocation.word()), invocation.hosts(TO), VmMigrate.mode(invocation));
        var fleet = invocation.session().engine().fleet();
        return new FleetRun(invocation).of(() -> fleet.planEvacuate(request), watch -> fleet.evacuate(request, watch));
    }
}
