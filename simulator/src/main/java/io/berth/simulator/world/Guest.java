package io.berth.simulator.world;

import io.berth.driver.DataSize;
import io.berth.driver.VmRef;
import io.berth.driver.storage.VmDirectory;
import java.util.Optional;

/** What is true of a guest wherever it runs: its disk, and the nonce that only its memory knows. */
public final class Guest {
    private static final String AUTOSTART = ", started with its host";
    private static final String DISK_AT = ", disk at ";
    private static final String FOLDERS = "/vms/";

    private final VmRef vm;
    private long nonce;
    private final DataSize memory;
    private final long imageLength;
    private long diskTicks;
    private Optional<VmDirectory> directory = Optional.empty();

    Guest(VmRef vm, long nonce, long diskTicks, DataSize memory, long imageLength) {
        this.vm = vm;
        this.nonce = nonce;
        this.diskTicks = diskTicks;
        this.memory = memory;
        this.imageLength = imageLength;
    }

    public VmRef vm() {
        return vm;
    }

    public long nonce() {
        return nonce;
    }

    /** How far the guest has come, as its disk tells. */
    public long diskTicks() {
        return diskTicks;
    }

    /** Starts from its disk, with nothing left of the memory it had. */
    void bootAnew(long newNonce) {
        nonce = newNonce;
    }

    void writeDisk(long ticks) {
        diskTicks = ticks;
    }

    /** Its maximum memory. */
    public DataSize memory() {
        return memory;
    }

    /** Bytes its image takes: more than what the hypervisor reports, less than its maximum memory. */
    public long imageLength() {
        return imageLength;
    }

    /** What a hypervisor believes that the image takes: less than it does. */
    public long reportedNeed() {
        return imageLength / 2;
    }

    public String definition() {
        return "definition of " + vm.uuid()
                + directory.map(home -> DISK_AT + path(home)).orElse("");
    }

    /** The one with its disk; empty for one whose disk is on storage that every host reaches. */
    public Optional<VmDirectory> directory() {
        return directory;
    }

    /** Its definition says so from now on. */
    public void livesIn(VmDirectory home) {
        directory = Optional.of(home);
    }

    private static String path(VmDirectory home) {
        return FOLDERS + home.datastore() + "/" + home.name() + "/disk";
    }

    /** The path of the disk that a definition names. */
    public static Optional<String> diskOf(String definition) {
        var at = definition.indexOf(DISK_AT);
        return at < 0
                ? Optional.empty()
                : Optional.of(definition.substring(at + DISK_AT.length()).replace(AUTOSTART, ""));
    }

    /** The directory that a disk's path leads into. */
    public static Optional<VmDirectory> directoryOf(String path) {
        if (!path.startsWith(FOLDERS)) {
            return Optional.empty();
        }
        var parts = path.substring(FOLDERS.length()).split("/");
        return Optional.of(new VmDirectory(parts[0], parts[1]));
    }

    /** A definition that its host starts by itself whenever it comes up. */
    public String autostartedDefinition() {
        return definition() + AUTOSTART;
    }

    static boolean isAutostarted(String definition) {
        return definition.endsWith(AUTOSTART);
    }
}
