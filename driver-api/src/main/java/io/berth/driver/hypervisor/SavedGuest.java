package io.berth.driver.hypervisor;

import io.berth.driver.VmRef;

/**
 * Who is in an image, as far as the definition in it tells.
 *
 * @param profile without the version of the emulator that wrote the memory, which is told nowhere
 */
public record SavedGuest(VmRef vm, GuestProfile profile) {}
