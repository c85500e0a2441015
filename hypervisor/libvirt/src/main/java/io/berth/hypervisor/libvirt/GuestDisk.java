package io.berth.hypervisor.libvirt;

/**
 * A disk of a guest.
 *
 * @param target its name inside the guest
 * @param source path of file or device, or name of a network volume; empty for an empty drive
 * @param cache as configured, {@code default} if nothing is said
 * @param readOnly the guest can't write it
 * @param network the emulator speaks to the storage itself, past the host's page cache
 * @param mirrored a block copy or commit is under way
 * @param format of what is in the source, {@code raw} if nothing is said
 * @param backed what isn't in the source is in another image
 */
record GuestDisk(
        String target,
        String source,
        String cache,
        boolean readOnly,
        boolean network,
        boolean mirrored,
        String format,
        boolean backed) {
    /**
     * Whether another host reads what this guest wrote. With the other modes the host's page cache lies between: what
     * one host cached earlier is stale on the other.
     */
    boolean isCoherentBetweenHosts() {
        return readOnly || network || source.isEmpty() || cache.equals("none") || cache.equals("directsync");
    }

    /** Whether its source is a path of the host's, and not a network volume's name or a pool's. */
    boolean isOnHost() {
        return !network && source.startsWith("/") && source.indexOf('\0') < 0 && source.indexOf('\n') < 0;
    }
}
