package example;

import example.Shelf.Place;
import io.berth.driver.Call;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.VolumeRef;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

final class ShelfAttachments implements Attachments {
    private final Shelf shelf;

    ShelfAttachments(Shelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public DevicePath attach(Call call, VolumeRef volume, HostRef host) {
        synchronized (shelf) {
            if (!shelf.volumes.containsKey(volume)) {
                throw Failure.of(FailureKind.STORAGE, "volume.absent", "there is no volume " + volume)
                        .host(host)
                        .next("see 'berth checkpoint list'")
                        .build();
            }
            shelf.attached.add(new Place(volume, host));
            return path(volume);
        }
    }

    @Override
    public void detach(Call call, VolumeRef volume, HostRef host) {
        synchronized (shelf) {
            var place = new Place(volume, host);
            if (shelf.open.contains(place)) {
                throw Failure.of(FailureKind.CONFLICT, "volume.in-use", volume + " is in use")
                        .host(host)
                        .next("end what has it open")
                        .build();
            }
            shelf.attached.remove(place);
        }
    }

    @Override
    public Optional<DevicePath> device(VolumeRef volume, HostRef host) {
        synchronized (shelf) {
            return shelf.attached.contains(new Place(volume, host)) ? Optional.of(path(volume)) : Optional.empty();
        }
    }

    @Override
    public Set<HostRef> hosts(VolumeRef volume) {
        synchronized (shelf) {
            return shelf.attached.stream()
                    .filter(place -> place.volume().equals(volume))
                    .map(Place::host)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    private static DevicePath path(VolumeRef volume) {
        return new DevicePath("/dev/shelf/" + volume.name());
    }
}
