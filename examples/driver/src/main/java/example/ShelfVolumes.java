package example;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.Capacity;
import io.berth.driver.storage.VolumeInfo;
import io.berth.driver.storage.VolumeRef;
import io.berth.driver.storage.Volumes;
import java.util.List;
import java.util.Optional;

final class ShelfVolumes implements Volumes {
    private static final DataSize GRAIN = DataSize.ofMebibytes(1);
    private static final DataSize TOTAL = DataSize.ofMebibytes(256);

    private final Shelf shelf;

    ShelfVolumes(Shelf shelf) {
        this.shelf = shelf;
    }

    /** Again for one that is there: a process may have died before it heard the answer. */
    @Override
    public VolumeInfo create(Call call, VolumeRef volume, DataSize atLeast) {
        synchronized (shelf) {
            var found = find(volume);
            if (found.isPresent() && atLeast.exceeds(found.get().size())) {
                throw Failure.of(FailureKind.STORAGE, "volume.too-small", "there is a smaller volume " + volume)
                        .next("delete it, or take another name")
                        .build();
            }
            var size = atLeast.roundUpTo(GRAIN);
            if (found.isEmpty() && size.exceeds(capacity().free())) {
                throw Failure.of(FailureKind.STORAGE, "storage.no-space", "the shelf is full")
                        .next("take something off it")
                        .build();
            }
            shelf.volumes.computeIfAbsent(volume, name -> new byte[Math.toIntExact(size.bytes())]);
            return info(volume);
        }
    }

    @Override
    public Optional<VolumeInfo> find(VolumeRef volume) {
        synchronized (shelf) {
            return shelf.volumes.containsKey(volume) ? Optional.of(info(volume)) : Optional.empty();
        }
    }

    @Override
    public List<VolumeInfo> list() {
        synchronized (shelf) {
            return shelf.volumes.keySet().stream().map(this::info).toList();
        }
    }

    @Override
    public void grow(Call call, VolumeRef volume, DataSize atLeast) {
        throw Failure.of(FailureKind.STORAGE, "volume.cannot-grow", "volumes on a shelf keep their size")
                .next("make a larger one")
                .build();
    }

    /** The ledger goes last: until then the volume has an owner. */
    @Override
    public void delete(Call call, VolumeRef volume) {
        synchronized (shelf) {
            shelf.attached.stream()
                    .filter(place -> place.volume().equals(volume))
                    .findFirst()
                    .ifPresent(place -> {
                        throw Failure.of(FailureKind.CONFLICT, "volume.attached", volume + " is attached")
                                .host(place.host())
                                .next("detach it there first")
                                .build();
                    });
            shelf.volumes.remove(volume);
            shelf.records.remove(volume);
            shelf.transitions.remove(volume);
        }
    }

    @Override
    public Capacity capacity() {
        synchronized (shelf) {
            var used = shelf.volumes.values().stream()
                    .mapToLong(bytes -> bytes.length)
                    .sum();
            return new Capacity(TOTAL, new DataSize(TOTAL.bytes() - used));
        }
    }

    private VolumeInfo info(VolumeRef volume) {
        var size = new DataSize(shelf.volumes.get(volume).length);
        return new VolumeInfo(volume, size, size);
    }
}
