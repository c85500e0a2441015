package io.berth.lab;

import io.berth.driver.HostRef;
import java.util.UUID;

/**
 * The definition of a guest of the lab's without disks, to which those of a VM on a system datastore are added, as the core
 * writes them.
 */
record GuestDefinition(UUID uuid, String withoutDisks) {
    /** By which libvirt knows the key of the cluster's user, on every host. */
    private static final String SECRET = "6b2f3c1e-5f1d-4c0e-9f5a-0f2f5d1c7a11";

    private static final String KNOW_SECRET = """
            virsh -q secret-define /dev/stdin >/dev/null <<'TEXT'
            <secret ephemeral='no' private='yes'><uuid>%1$s</uuid><usage type='ceph'><name>%2$s</name></usage></secret>
            TEXT
            virsh -q secret-set-value %1$s --file %3$s >/dev/null
            """.formatted(SECRET, Ceph.USER, Ceph.KEYFILE);

    /** One that was never defined there before and isn't afterwards. */
    static GuestDefinition of(Lab lab, HostRef host, String name) {
        lab.guest(name, host.name(), "--define-only", "--memory", "96", "--dirty", "8");
        var uuid = lab.in(host.name(), "virsh", "domuuid", name).orFail().output();
        var text = lab.in(host.name(), "virsh", "dumpxml", "--inactive", name)
                .orFail()
                .output();
        lab.in(host.name(), "virsh", "-q", "undefine", name).orFail();
        return new GuestDefinition(UUID.fromString(uuid), text);
    }

    /** A host's guests can have disks in the cluster from then on. */
    static void tellOfCeph(Lab lab, HostRef host) {
        lab.in(host.name(), "sh", "-c", KNOW_SECRET).orFail();
    }

    String on(LabDatastore datastore, int vm) {
        var directory = datastore.directory(vm);
        var disks = datastore.hasImages() ? image(vm) + context(directory) : file(directory);
        return withoutDisks.replace("</devices>", disks + "</devices>");
    }

    private static String file(String directory) {
        return """
                <disk type='file' device='disk'>
                  <driver name='qemu' type='raw' cache='none'/>
                  <source file='%s/disk.0'/>
                  <target dev='vda' bus='virtio'/>
                </disk>
                """.formatted(directory);
    }

    private static String image(int vm) {
        return """
                <disk type='network' device='disk'>
                  <driver name='qemu' type='raw' cache='none'/>
                  <auth username='%s'><secret type='ceph' uuid='%s'/></auth>
                  <source protocol='rbd' name='%s/%s'><config file='%s'/></source>
                  <target dev='vda' bus='virtio'/>
                </disk>
                """.formatted(Ceph.USER, SECRET, Ceph.POOL, LabDatastore.image(vm), Ceph.CONF);
    }

    /** The context disk lies in the directory, whatever the datastore's driver. */
    private static String context(String directory) {
        return """
                <disk type='file' device='cdrom'>
                  <driver name='qemu' type='raw'/>
                  <source file='%s/disk.1'/>
                  <target dev='hda' bus='ide'/>
                  <readonly/>
                </disk>
                """.formatted(directory);
    }
}
