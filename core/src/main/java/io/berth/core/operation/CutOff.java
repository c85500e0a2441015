package io.berth.core.operation;

import io.berth.core.Drivers;
import io.berth.core.journal.Lease;
import io.berth.core.journal.StepEvent;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.Call;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VolumeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What raising the guard is for a host that answers, this is for one that is called dead: the storage stops listening to
 * it, about the operation's volumes and nothing else. So a host that only seemed dead writes into no checkpoint that
 * somebody else reads, and holds up no deletion.
 */
final class CutOff {
    private final Drivers drivers;

    CutOff(Drivers drivers) {
        this.drivers = drivers;
    }

    /**
     * On storage that can't do it a person's word that the host is dead has to do.
     *
     * @param lease held already: nobody else works on the VM
     * @return what was done, to be written down
     */
    List<StepEvent> of(Plan plan, Lease lease, Set<HostRef> dead) {
        var done = new ArrayList<StepEvent>();
        for (var volume : dead.isEmpty() ? Set.<VolumeRef>of() : volumes(plan)) {
            var storage = drivers.storage(volume.datastore());
            for (var host : dead.stream().filter(storage::serves).sorted().toList()) {
                storage.fencing()
                        .map(fencing -> fencing.cutOff(Call.of(lease.token()), volume, host))
                        .filter(clients -> !clients.isEmpty())
                        .ifPresent(clients -> done.add(event(volume, host, clients)));
            }
        }
        return done;
    }

    private static StepEvent event(VolumeRef volume, HostRef host, List<String> clients) {
        return StepEvent.done(
                "cut-off-" + host,
                Direction.FORWARD,
                Map.of("volume", volume.toString(), "clients", String.join(" ", clients)));
    }

    private static Set<VolumeRef> volumes(Plan plan) {
        var volumes = new TreeSet<VolumeRef>();
        plan.all().flatMap(CutOff::volume).forEach(volumes::add);
        return volumes;
    }

    private static Stream<VolumeRef> volume(Step step) {
        if (step instanceof Step.AttachVolume attach) {
            return Stream.of(attach.volume());
        }
        return step instanceof Step.DeleteVolume delete ? Stream.of(delete.volume()) : Stream.empty();
    }
}
