package io.berth.lab.guide;

import io.berth.opennebula.testkit.Descriptions;
import io.berth.opennebula.testkit.Descriptions.Stay;
import io.berth.opennebula.testkit.StandInCore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * Stands in for the front-end of an OpenNebula: its files, as far as Berth reads them, and a core that knows the lab's hosts,
 * one datastore, and VM 42, whose suspension at h1 it waits for.
 */
final class StandInSite implements AutoCloseable {
    private static final int ACTIVE = 3;
    private static final int SAVE_SUSPEND = 6;

    private final Path folder;
    private final StandInCore core;

    /**
     * @param folder that isn't there yet
     * @param sshConfiguration knows the lab's hosts, as that of the core's user knows a site's
     */
    StandInSite(Path folder, Path sshConfiguration) {
        this.folder = folder;
        try {
            write("etc/oned.conf", "VM_MAD = [ NAME = \"kvm\", TYPE = \"kvm\" ]\n");
            write("etc/vmm_exec/vmm_execrc", "LIVE_DISK_SNAPSHOTS=\"kvm-qcow2\"\n");
            Files.createDirectories(folder.resolve("var/remotes/vmm/kvm"));
            var ssh = write("bin/ssh", "#!/bin/sh\nexec /usr/bin/ssh -F '" + sshConfiguration + "' \"$@\"\n");
            Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwxr-xr-x"));
            core = new StandInCore();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        var vm = Descriptions.vm(42, ACTIVE, SAVE_SUSPEND, "", List.of(new Stay("h1", "kvm", 100)));
        var datastore = Descriptions.datastore(100, 1, "qcow2", Map.of());
        core.says("one.system.version", "7.0.1");
        core.says(
                "one.hostpool.info",
                Descriptions.pool("HOST_POOL", Descriptions.host(1, "h1", "kvm"), Descriptions.host(2, "h2", "kvm")));
        core.says("one.datastorepool.info", Descriptions.pool("DATASTORE_POOL", datastore));
        core.says("one.datastore.info 100", datastore);
        core.says("one.vm.info 42", vm);
        core.says("one.vmpool.info -2 0 -100 -1", Descriptions.pool("VM_POOL", vm));
        core.says("one.vmpool.info -2 1 -100 -1", Descriptions.pool("VM_POOL"));
    }

    private Path write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** What a front-end has in its environment, or in the places that this stands for. */
    void addTo(Map<String, String> environment) {
        try {
            environment.putAll(core.environment(folder));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        environment.put("ONE_LOCATION", folder.toString());
        environment.merge("PATH", folder.resolve("bin").toString(), (usual, ours) -> ours + ":" + usual);
    }

    @Override
    public void close() {
        try {
            core.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
