package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.SaveRequest;
import io.berth.driver.hypervisor.SavedImage;

/** One way to get a guest's memory onto a device; the contract is that of {@code HypervisorDriver.saveMemory}. */
interface MemoryWriting {
    SavedImage write(Call call, HostRef host, VmRef vm, SaveRequest request);
}
