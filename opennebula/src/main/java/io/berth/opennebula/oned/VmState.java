package io.berth.opennebula.oned;

/**
 * What OpenNebula takes a VM to be doing: its STATE, or its LCM_STATE while that is ACTIVE. Names and numbers are
 * OpenNebula's own (5.12 to 7.4).
 */
public enum VmState {
    INIT(0, 0),
    PENDING(1, 0),
    HOLD(2, 0),
    STOPPED(4, 0),
    SUSPENDED(5, 0),
    DONE(6, 0),
    POWEROFF(8, 0),
    UNDEPLOYED(9, 0),
    CLONING(10, 0),
    CLONING_FAILURE(11, 0),
    LCM_INIT(VmState.ACTIVE, 0),
    PROLOG(VmState.ACTIVE, 1),
    BOOT(VmState.ACTIVE, 2),
    RUNNING(VmState.ACTIVE, 3),
    MIGRATE(VmState.ACTIVE, 4),
    SAVE_STOP(VmState.ACTIVE, 5),
    SAVE_SUSPEND(VmState.ACTIVE, 6),
    SAVE_MIGRATE(VmState.ACTIVE, 7),
    PROLOG_MIGRATE(VmState.ACTIVE, 8),
    PROLOG_RESUME(VmState.ACTIVE, 9),
    EPILOG_STOP(VmState.ACTIVE, 10),
    EPILOG(VmState.ACTIVE, 11),
    SHUTDOWN(VmState.ACTIVE, 12),
    CLEANUP_RESUBMIT(VmState.ACTIVE, 15),
    UNKNOWN(VmState.ACTIVE, 16),
    HOTPLUG(VmState.ACTIVE, 17),
    SHUTDOWN_POWEROFF(VmState.ACTIVE, 18),
    BOOT_UNKNOWN(VmState.ACTIVE, 19),
    BOOT_POWEROFF(VmState.ACTIVE, 20),
    BOOT_SUSPENDED(VmState.ACTIVE, 21),
    BOOT_STOPPED(VmState.ACTIVE, 22),
    CLEANUP_DELETE(VmState.ACTIVE, 23),
    HOTPLUG_SNAPSHOT(VmState.ACTIVE, 24),
    HOTPLUG_NIC(VmState.ACTIVE, 25),
    HOTPLUG_SAVEAS(VmState.ACTIVE, 26),
    HOTPLUG_SAVEAS_POWEROFF(VmState.ACTIVE, 27),
    HOTPLUG_SAVEAS_SUSPENDED(VmState.ACTIVE, 28),
    SHUTDOWN_UNDEPLOY(VmState.ACTIVE, 29),
    EPILOG_UNDEPLOY(VmState.ACTIVE, 30),
    PROLOG_UNDEPLOY(VmState.ACTIVE, 31),
    BOOT_UNDEPLOY(VmState.ACTIVE, 32),
    HOTPLUG_PROLOG_POWEROFF(VmState.ACTIVE, 33),
    HOTPLUG_EPILOG_POWEROFF(VmState.ACTIVE, 34),
    BOOT_MIGRATE(VmState.ACTIVE, 35),
    BOOT_FAILURE(VmState.ACTIVE, 36),
    BOOT_MIGRATE_FAILURE(VmState.ACTIVE, 37),
    PROLOG_MIGRATE_FAILURE(VmState.ACTIVE, 38),
    PROLOG_FAILURE(VmState.ACTIVE, 39),
    EPILOG_FAILURE(VmState.ACTIVE, 40),
    EPILOG_STOP_FAILURE(VmState.ACTIVE, 41),
    EPILOG_UNDEPLOY_FAILURE(VmState.ACTIVE, 42),
    PROLOG_MIGRATE_POWEROFF(VmState.ACTIVE, 43),
    PROLOG_MIGRATE_POWEROFF_FAILURE(VmState.ACTIVE, 44),
    PROLOG_MIGRATE_SUSPEND(VmState.ACTIVE, 45),
    PROLOG_MIGRATE_SUSPEND_FAILURE(VmState.ACTIVE, 46),
    BOOT_UNDEPLOY_FAILURE(VmState.ACTIVE, 47),
    BOOT_STOPPED_FAILURE(VmState.ACTIVE, 48),
    PROLOG_RESUME_FAILURE(VmState.ACTIVE, 49),
    PROLOG_UNDEPLOY_FAILURE(VmState.ACTIVE, 50),
    DISK_SNAPSHOT_POWEROFF(VmState.ACTIVE, 51),
    DISK_SNAPSHOT_REVERT_POWEROFF(VmState.ACTIVE, 52),
    DISK_SNAPSHOT_DELETE_POWEROFF(VmState.ACTIVE, 53),
    DISK_SNAPSHOT_SUSPENDED(VmState.ACTIVE, 54),
    DISK_SNAPSHOT_REVERT_SUSPENDED(VmState.ACTIVE, 55),
    DISK_SNAPSHOT_DELETE_SUSPENDED(VmState.ACTIVE, 56),
    DISK_SNAPSHOT(VmState.ACTIVE, 57),
    DISK_SNAPSHOT_DELETE(VmState.ACTIVE, 59),
    PROLOG_MIGRATE_UNKNOWN(VmState.ACTIVE, 60),
    PROLOG_MIGRATE_UNKNOWN_FAILURE(VmState.ACTIVE, 61),
    DISK_RESIZE(VmState.ACTIVE, 62),
    DISK_RESIZE_POWEROFF(VmState.ACTIVE, 63),
    DISK_RESIZE_UNDEPLOYED(VmState.ACTIVE, 64),
    HOTPLUG_NIC_POWEROFF(VmState.ACTIVE, 65),
    HOTPLUG_RESIZE(VmState.ACTIVE, 66),
    HOTPLUG_SAVEAS_UNDEPLOYED(VmState.ACTIVE, 67),
    HOTPLUG_SAVEAS_STOPPED(VmState.ACTIVE, 68),
    BACKUP(VmState.ACTIVE, 69),
    BACKUP_POWEROFF(VmState.ACTIVE, 70),
    RESTORE(VmState.ACTIVE, 71),
    /** A number that this version doesn't know. */
    UNHEARD_OF(-1, -1);

    private static final int ACTIVE = 3;

    private final int state;
    private final int lcmState;

    VmState(int state, int lcmState) {
        this.state = state;
        this.lcmState = lcmState;
    }

    /** Whether the core has been told that what it waited for failed, and now waits for a person. */
    public boolean hasFailed() {
        return name().endsWith("_FAILURE");
    }

    static VmState of(int state, int lcmState) {
        for (var each : values()) {
            if (each.state == state && (state != ACTIVE || each.lcmState == lcmState)) {
                return each;
            }
        }
        return UNHEARD_OF;
    }
}
