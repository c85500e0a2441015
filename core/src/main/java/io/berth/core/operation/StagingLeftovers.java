package io.berth.core.operation;

import io.berth.core.journal.OperationEntry;
import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.storage.StagingFile;
import io.berth.driver.storage.StagingFiles;
import io.berth.driver.storage.VmDirectories;
import io.berth.driver.storage.VolumeRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds files that memory went through on its way into the storage, on hosts that were away when they were to go. Looks
 * at the folders themselves, so that it needs no journal; and where the configuration has memory go through files, nowhere
 * else. None is ever all there is of a guest.
 */
final class StagingLeftovers {
    private static final String WHAT = "a file that memory went through";

    private final Wiring wiring;

    StagingLeftovers(Wiring wiring) {
        this.wiring = wiring;
    }

    /** A file where a host sees it. */
    private record Place(String datastore, StagingFiles files, HostRef host, StagingFile file) {
        boolean isThere() {
            return files.find(file, host).isPresent();
        }
    }

    void collect(boolean delete, Sweeping sweeping) {
        new TreeMap<>(wiring.settings().places()).forEach((datastore, place) -> {
            switch (place) {
                case BESIDE_DISKS -> {}
                case THROUGH_A_FILE -> collect(datastore, delete, sweeping);
            }
        });
    }

    private void collect(String datastore, boolean delete, Sweeping sweeping) {
        var told = new HashSet<StagingFile>(); // hosts that share the folder all see the same
        for (var place : places(datastore, sweeping)) {
            if (told.add(place.file()) && !isBusy(vm(place))) {
                settle(place, delete, sweeping);
            }
        }
    }

    private List<Place> places(String datastore, Sweeping sweeping) {
        var storage = wiring.drivers().storage(datastore);
        var places = new ArrayList<Place>();
        storage.directories()
                .map(VmDirectories::staging)
                .ifPresent(files -> wiring.drivers().hosts().stream()
                        .filter(storage::serves)
                        .forEach(host -> sweeping.ask(() -> files.list(host)).stream()
                                .flatMap(Set::stream)
                                .forEach(file -> places.add(new Place(datastore, files, host, file)))));
        return places;
    }

    private void settle(Place place, boolean delete, Sweeping sweeping) {
        try {
            if (!delete) {
                sweeping.add(leftover(
                        place, Leftover.Verdict.STALE_STAGING_FILE, false, WHAT + "; 'berth gc --delete' removes it"));
            } else if (remove(place)) {
                sweeping.add(leftover(place, Leftover.Verdict.STALE_STAGING_FILE, true, WHAT + "; removed"));
            }
        } catch (Failure failure) {
            if (failure.is("host.unreachable")) {
                sweeping.addSilent(failure);
            } else {
                sweeping.add(leftover(place, Leftover.Verdict.UNREADABLE, false, failure.getMessage()));
            }
        }
    }

    /** Looks again under a lease of the operation that made it: that is what it is called after. */
    private boolean remove(Place place) {
        var vm = vm(place);
        var seen = wiring.drivers().guard().read(place.host(), vm.uuid());
        var lease = wiring.journal().acquire(vm, wiring.owner(), place.file().operation(), seen.epoch() + 1);
        try {
            if (isBusy(vm) || !place.isThere()) {
                return false;
            }
            place.files().remove(Call.of(lease.token()), place.host());
            return true;
        } finally {
            wiring.journal().release(lease);
        }
    }

    private VmRef vm(Place place) {
        return wiring.journal()
                .operation(place.file().operation())
                .map(OperationEntry::vm)
                .orElseGet(() -> new VmRef(place.file().vm(), ""));
    }

    private boolean isBusy(VmRef vm) {
        return !wiring.journal().open(vm.uuid()).isEmpty();
    }

    private Leftover leftover(Place place, Leftover.Verdict verdict, boolean deleted, String remark) {
        var volume = new VolumeRef(
                place.datastore(), VolumeNames.PREFIX + place.file().operation());
        return new Leftover(
                volume, verdict, Optional.of(vm(place)), DataSize.ZERO, deleted, remark + " (" + place.host() + ")");
    }
}
