package io.berth.hypervisor.libvirt;

/**
 * What {@code virsh domjobinfo --rawstats} says. Copied disks go first, while nothing of the memory does.
 *
 * @param active a job that moves the guest's memory is under way
 * @param processed bytes of memory and of copied disks moved so far
 * @param remaining bytes of those left
 * @param passes over the guest's memory so far
 */
record JobStatistics(boolean active, long processed, long remaining, long passes) {
    private static final int BOUNDED = 1;
    private static final int UNBOUNDED = 2;

    /** Job types 1 and 2 are under way; 0 is none, 3 to 5 have ended (virDomainJobType). */
    static JobStatistics parse(String text) {
        var fields = Fields.of(text, ":");
        var type = fields.number("Job type").orElse(0);
        return new JobStatistics(
                type == BOUNDED || type == UNBOUNDED,
                fields.number("memory_processed").orElse(0)
                        + fields.number("disk_processed").orElse(0),
                fields.number("memory_remaining").orElse(0)
                        + fields.number("disk_remaining").orElse(0),
                fields.number("memory_iteration").orElse(0));
    }
}
