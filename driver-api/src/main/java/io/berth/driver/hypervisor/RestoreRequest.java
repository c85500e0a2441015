package io.berth.driver.hypervisor;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.DeviceReading;
import io.berth.driver.VmRef;
import java.util.Optional;

/**
 * How to make a guest of an image.
 *
 * @param vm who must come out of it; anyone else's image is refused
 * @param imageLength exact length
 * @param reading how the source is read fastest; a driver may do it otherwise
 * @param definition to restore with, already transformed for this host
 * @param persistentDefinition for the host to keep, if the guest had one
 */
public record RestoreRequest(
        VmRef vm,
        DevicePath source,
        DataSize imageLength,
        DeviceReading reading,
        String definition,
        Optional<String> persistentDefinition) {}
