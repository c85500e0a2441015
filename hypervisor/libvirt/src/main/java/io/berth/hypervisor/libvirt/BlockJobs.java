package io.berth.hypervisor.libvirt;

/** Reads the answer of {@code virsh blockjob --raw}. */
final class BlockJobs {
    private BlockJobs() {}

    /** With a job there is a line {@code type=Block Copy} and so on; without, nothing or a sentence. */
    static boolean isActive(String answer) {
        return answer.lines().anyMatch(line -> line.strip().startsWith("type="));
    }
}
