package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VolumeRef;
import java.util.Optional;
import java.util.Set;

/** A fake of attachments: no host ever has anything attached. */
final class FakeAttachments implements FileAttachments {
    @Override
    public DevicePath attach(Call call, VolumeRef volume, HostRef host) {
        throw new AssertionError("nothing is attached here");
    }

    @Override
    public void detach(Call call, VolumeRef volume, HostRef host) {}

    @Override
    public Optional<DevicePath> device(VolumeRef volume, HostRef host) {
        return Optional.empty();
    }

    @Override
    public Set<HostRef> hosts(VolumeRef volume) {
        return Set.of();
    }

    @Override
    public void fileGrew(Call call, VolumeRef volume) {}
}
