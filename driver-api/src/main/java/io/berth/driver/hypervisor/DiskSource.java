package io.berth.driver.hypervisor;

/**
 * What a guest's disk is made of on its host.
 *
 * @param target its name inside the guest
 * @param path absolute, of a file or device on the host
 * @param readOnly the guest can't write it
 */
public record DiskSource(String target, String path, boolean readOnly) {}
