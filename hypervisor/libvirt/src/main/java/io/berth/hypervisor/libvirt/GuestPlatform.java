package io.berth.hypervisor.libvirt;

/**
 * What kind of machine a guest is.
 *
 * @param type libvirt's domain type: {@code kvm}, {@code qemu}, {@code xen}
 * @param architecture {@code x86_64}, ...
 * @param machine {@code pc-i440fx-7.2}, ...
 */
record GuestPlatform(String type, String architecture, String machine) {
    /** Without hardware virtualisation. */
    boolean isEmulated() {
        return type.equals("qemu");
    }
}
