package io.berth.lab;

import io.berth.driver.HostRef;
import io.berth.opennebula.walk.Standing.Home;
import io.berth.opennebula.walk.SystemDatastore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The walked site's system datastores: as the core knows them, as Berth does, and as they really are. */
enum LabDatastore implements SystemDatastore {
    SHARED(100, "shared", "yes", Folder.SHARED, Site.FAST),
    QCOW2(101, "qcow2", "auto", Folder.SHARED, Site.FAST),
    SSH(102, "ssh", "no", Folder.OWN, Site.FAST),
    CEPH_ON_SHARED(103, "ceph", "yes", Folder.SHARED, Site.RBD),
    CEPH(104, "ceph", "auto", Folder.OWN, Site.RBD);

    /** Of each host's own, or of all. */
    private enum Folder {
        SHARED("/srv/berth/one"),
        OWN("/srv/local/one");

        private final String location;

        Folder(String location) {
            this.location = location;
        }
    }

    private final int number;
    private final String driver;
    private final String shared;
    private final Folder folder;
    private final String checkpoints;

    LabDatastore(int number, String driver, String shared, Folder folder, String checkpoints) {
        this.number = number;
        this.driver = driver;
        this.shared = shared;
        this.folder = folder;
        this.checkpoints = checkpoints;
    }

    static LabDatastore of(Home home) {
        return (LabDatastore) home.datastore();
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public String driver() {
        return driver;
    }

    @Override
    public boolean isShared() {
        return folder == Folder.SHARED;
    }

    @Override
    public Map<String, String> attributes() {
        return Map.of(
                "DS_SHARED",
                shared,
                "BERTH_DIRECTORIES",
                directories(),
                "CHECKPOINT_LOCATION",
                "block",
                "BERTH_DATASTORE",
                checkpoints);
    }

    @Override
    public Optional<SystemDatastore> alike() {
        return switch (this) {
            case CEPH_ON_SHARED -> Optional.of(CEPH);
            case CEPH -> Optional.of(CEPH_ON_SHARED);
            case SHARED, QCOW2, SSH -> Optional.empty();
        };
    }

    /** The disks of its VMs are images in the cluster's pool, beside their directories. */
    boolean hasImages() {
        return driver.equals("ceph");
    }

    /** As Ceph's driver calls it. */
    static String image(int vm) {
        return "one-sys-" + vm + "-0";
    }

    /** Of a VM, as hosts see it. */
    String directory(int vm) {
        return folder() + "/" + vm;
    }

    String folder() {
        return folder.location + "/" + number;
    }

    /** What the host has there, seen from the machine, whether or not the host has power. */
    Path folderOf(Lab lab, HostRef host) {
        var below = "one/" + number;
        return isShared() ? lab.shared().resolve(below) : lab.local(host.name()).resolve(below);
    }

    private String directories() {
        return "vms-" + number;
    }

    /** Those that have their directories taken along, in Berth's configuration. */
    static String configuration(String hosts) {
        return Stream.of(values())
                .filter(datastore -> !datastore.shared.equals("yes"))
                .map(datastore -> """
                          %s:
                            driver: directory
                            folder: %s
                            hosts: [%s]
                            shared: %s
                            attribute-cache-time: 1s
                        """.formatted(datastore.directories(), datastore.folder(), hosts, datastore.shared))
                .collect(Collectors.joining());
    }
}
