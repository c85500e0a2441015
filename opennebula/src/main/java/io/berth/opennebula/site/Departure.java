package io.berth.opennebula.site;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.VmRef;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.engine.Engine;
import io.berth.opennebula.oned.Host;
import io.berth.opennebula.oned.Oned;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether a site may leave Berth: nobody may be left behind whom only Berth can bring back. What can't be told forbids it
 * too.
 */
public final class Departure {
    private Departure() {}

    /**
     * @throws Failure {@code uninstall.hosts} (CONFLICT) while a host has Berth's driver; {@code uninstall.stranded}
     *     (CONFLICT) while a VM's memory is in a checkpoint that no other driver reads; {@code uninstall.unsure}
     *     (ENVIRONMENT) when a datastore gives no answer; what {@link Oned#hosts} throws
     */
    public static void refuseIfAnyoneIsLeftBehind(Oned oned, Engine engine) {
        var hosts = oned.hosts().stream()
                .filter(host -> host.vmDriver().equals(SiteSetup.DRIVER))
                .map(Host::name)
                .toList();
        if (!hosts.isEmpty()) {
            throw Failure.of(FailureKind.CONFLICT, "uninstall.hosts", "hosts of OpenNebula have Berth's driver")
                    .why(SiteSetup.DRIVER + ": " + String.join(", ", hosts))
                    .next("give them the stock driver first, each when no VM is on it: see how-to/opennebula.md")
                    .build();
        }
        var found = engine.checkpoints().list();
        var stranded = stranded(found.items());
        if (!stranded.isEmpty()) {
            throw Failure.of(
                            FailureKind.CONFLICT,
                            "uninstall.stranded",
                            "VMs are saved where only Berth can restore them")
                    .why(String.join(", ", stranded))
                    .next("'onevm resume' them first, or give their memory up with 'berth checkpoint delete'")
                    .build();
        }
        if (!found.silent().isEmpty()) {
            throw Failure.of(FailureKind.ENVIRONMENT, "uninstall.unsure", "it can't be told whether a VM would be lost")
                    .why(found.silent().stream().map(Failure::getMessage).collect(Collectors.joining("; ")))
                    .next("put that right, then begin again")
                    .build();
        }
    }

    private static List<String> stranded(List<Entry> checkpoints) {
        return checkpoints.stream()
                .filter(entry -> entry.state() == CheckpointState.COMPLETE)
                .map(entry -> entry.record()
                                .map(CheckpointRecord::vm)
                                .map(VmRef::toString)
                                .orElse("an unknown VM") + " in " + entry.volume())
                .toList();
    }
}
