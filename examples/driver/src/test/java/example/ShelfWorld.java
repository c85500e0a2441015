package example;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import io.berth.tck.StorageWorld;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

/** A shelf, and two hosts that reach it. */
final class ShelfWorld implements StorageWorld {
    private static final VmRef VM = new VmRef(UUID.randomUUID(), "guest");

    private final Shelf shelf = new Shelf();
    private final HostRef first = new HostRef("h1");
    private final HostRef second = new HostRef("h2");
    private final StorageDriver driver = otherFrontEnd();

    @Override
    public StorageDriver driver() {
        return driver;
    }

    @Override
    public StorageDriver otherFrontEnd() {
        return new ShelfStorage(shelf, Set.of(first, second), InstantSource.system());
    }

    @Override
    public String datastore() {
        return "shelf";
    }

    @Override
    public HostRef first() {
        return first;
    }

    @Override
    public HostRef second() {
        return second;
    }

    @Override
    public Call call(OperationId operation) {
        return Call.of(new FencingToken(VM, 1, operation));
    }

    @Override
    public DataSize size(HostRef host, DevicePath device) {
        return new DataSize(bytes(host, device).length);
    }

    @Override
    public void write(HostRef host, DevicePath device, long offset, byte[] written) {
        synchronized (shelf) {
            System.arraycopy(written, 0, bytes(host, device), Math.toIntExact(offset), written.length);
        }
    }

    @Override
    public byte[] read(HostRef host, DevicePath device, long offset, int length) {
        synchronized (shelf) {
            var from = Math.toIntExact(offset);
            return Arrays.copyOfRange(bytes(host, device), from, from + length);
        }
    }

    @Override
    public Holder hold(HostRef host, DevicePath device) {
        var place = new Shelf.Place(volume(device), host);
        synchronized (shelf) {
            shelf.open.add(place);
        }
        return () -> {
            synchronized (shelf) {
                shelf.open.remove(place);
            }
        };
    }

    /** Nothing else can be on this shelf. */
    @Override
    public void litter() {}

    @Override
    public void damageRecord(VolumeRef volume) {
        synchronized (shelf) {
            shelf.records.remove(volume);
        }
    }

    @Override
    public void close() {}

    private byte[] bytes(HostRef host, DevicePath device) {
        synchronized (shelf) {
            var volume = volume(device);
            if (!shelf.attached.contains(new Shelf.Place(volume, host))) {
                throw new AssertionError(host + " has no device " + device);
            }
            return shelf.volumes.get(volume);
        }
    }

    private VolumeRef volume(DevicePath device) {
        var path = device.path();
        return new VolumeRef(datastore(), path.substring(path.lastIndexOf('/') + 1));
    }
}
