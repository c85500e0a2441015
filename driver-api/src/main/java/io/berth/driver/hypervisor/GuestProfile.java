package io.berth.driver.hypervisor;

import io.berth.driver.DataSize;
import java.util.List;

/**
 * What a host must offer so that the guest can go on there.
 *
 * @param architecture {@code x86_64}, ...
 * @param machine exact machine type, {@code pc-i440fx-7.2}
 * @param cpu the CPU model as the hypervisor names it, for people; the driver compares definitions
 * @param emulatorVersion of the hypervisor that wrote the memory, {@code 7.2.19}
 * @param memory the guest's maximum memory
 * @param localState what the guest has on its host beside memory and disks and must be carried: paths of NVRAM, TPM
 *     state; empty for most guests
 */
public record GuestProfile(
        String architecture,
        String machine,
        String cpu,
        String emulatorVersion,
        DataSize memory,
        List<String> localState) {
    public GuestProfile {
        localState = List.copyOf(localState);
    }
}
