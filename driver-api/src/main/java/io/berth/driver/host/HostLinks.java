package io.berth.driver.host;

import io.berth.driver.Call;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import java.util.Optional;

/** The symbolic link at a checkpoint's standard path. Thread-safe. */
public interface HostLinks {
    /**
     * Makes {@code path} a link to the device, durably, with the folders above it. Replaces a link; refuses to replace
     * anything else ({@code link.occupied}, CONFLICT): it may be somebody's checkpoint file.
     */
    void publish(Call call, HostRef host, String path, DevicePath device);

    /** Removes the link and then its folder if that is empty. Nothing there is fine; anything but a link is left. */
    void remove(Call call, HostRef host, String path);

    /** Where the link points, if it is one. */
    Optional<String> read(HostRef host, String path);
}
