package io.berth.opennebula.walk.simulated;

import io.berth.driver.storage.VmDirectory;
import io.berth.opennebula.walk.Standing.Home;
import io.berth.opennebula.walk.SystemDatastore;
import io.berth.simulator.world.SimulatedFolders.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The site's system datastores, as an administrator has described them to the core and in Berth's configuration. */
enum SimulatedDatastore implements SystemDatastore {
    SHARED(100, "shared", "yes", Kind.UNTOLD_SHARED),
    QCOW2(101, "qcow2", "auto", Kind.UNTOLD_SHARED),
    SSH(102, "ssh", "no", Kind.APART),
    SECOND_SSH(103, "ssh", "auto", Kind.UNTOLD_APART),
    CEPH_ON_SHARED(104, "ceph", "yes", Kind.UNTOLD_SHARED),
    CEPH(105, "ceph", "auto", Kind.UNTOLD_APART);

    static final String LOCATION = "/var/lib/one/datastores";
    /** Of the hosts' memory, whatever datastore a VM is on. */
    static final String CHECKPOINTS = "fast";

    private final int number;
    private final String driver;
    private final String shared;
    private final Kind kind;

    SimulatedDatastore(int number, String driver, String shared, Kind kind) {
        this.number = number;
        this.driver = driver;
        this.shared = shared;
        this.kind = kind;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public String driver() {
        return driver;
    }

    /** Who really shares what. */
    Kind kind() {
        return kind;
    }

    @Override
    public boolean isShared() {
        return kind == Kind.UNTOLD_SHARED;
    }

    /** Its name in Berth's configuration. */
    String directories() {
        return "vms-" + number;
    }

    VmDirectory directory(int vm) {
        return new VmDirectory(directories(), Integer.toString(vm));
    }

    /** Of a VM that is at home there. */
    static VmDirectory directory(Home home, int vm) {
        return ((SimulatedDatastore) home.datastore()).directory(vm);
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
                CHECKPOINTS);
    }

    static Optional<Map<String, String>> attributesOf(int number) {
        return Stream.of(values())
                .filter(datastore -> datastore.number == number)
                .map(SimulatedDatastore::attributes)
                .findFirst();
    }

    @Override
    public Optional<SystemDatastore> alike() {
        return switch (this) {
            case SSH -> Optional.of(SECOND_SSH);
            case SECOND_SSH -> Optional.of(SSH);
            case SHARED, QCOW2, CEPH_ON_SHARED, CEPH -> Optional.empty();
        };
    }
}
