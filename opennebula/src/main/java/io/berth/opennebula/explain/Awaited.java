package io.berth.opennebula.explain;

import io.berth.opennebula.oned.HistoryRecord;
import io.berth.opennebula.oned.Recovery;
import io.berth.opennebula.oned.VirtualMachine;

/**
 * What OpenNebula waits for, or believes when it waits for nothing. Hosts are taken from the history the way the core does
 * it: the last record is where the VM is or is to go.
 */
public sealed interface Awaited {
    /** It takes the VM to be running there. */
    record Running(String host) implements Awaited {}

    /** It takes the VM's memory to be saved. */
    record Saved() implements Awaited {}

    /** It takes the VM to be nowhere: switched off, not yet placed, or over. */
    record Off() implements Awaited {}

    /** The memory of the guest there is to be saved. */
    record Save(String source) implements Awaited {}

    /** The guest is to be restored there. */
    record Restore(String target) implements Awaited {}

    /** The guest is to move while it runs. */
    record Migration(String source, String target) implements Awaited {}

    /**
     * The guest is to be started there from its disks.
     *
     * @param again what makes the core try it anew. After BOOT_UNDEPLOY a retry asks for a RESTORE, of nothing (seen in
     *     the sources of 5.12 to 7.4): failing leads back to UNDEPLOYED, from where it can be started
     */
    record Boot(String target, Recovery again) implements Awaited {}

    /** The guest there is to end. */
    record Shutdown(String host) implements Awaited {}

    /**
     * The VM's folder is to be brought from one machine to another.
     *
     * @param withMemory it is to be restored afterwards
     */
    record Transfer(String from, String to, boolean withMemory) implements Awaited {}

    /** The VM's disks are to be made there. */
    record Preparation(String host) implements Awaited {}

    /** What the VM has is to be removed. */
    record Removal() implements Awaited {}

    /** Something that has nothing to do with where the VM's memory is: a disk, an interface, a backup. */
    record Otherwise() implements Awaited {}

    /** A state of a newer OpenNebula, or a history that doesn't fit the state. */
    record Unheard() implements Awaited {}

    static Awaited by(VirtualMachine vm) {
        var here = vm.present().map(HistoryRecord::host).orElse("");
        var before = vm.previous().map(HistoryRecord::host).orElse("");
        var awaited = byState(vm, here, before);
        return namesAllHosts(awaited) ? awaited : new Unheard();
    }

    private static Awaited byState(VirtualMachine vm, String here, String before) {
        return switch (vm.state()) {
            case RUNNING, UNKNOWN -> new Running(here);
            case SUSPENDED, STOPPED -> new Saved();
            case INIT, PENDING, HOLD, DONE, POWEROFF, UNDEPLOYED, CLONING, CLONING_FAILURE, LCM_INIT -> new Off();
            case SAVE_SUSPEND, SAVE_STOP -> new Save(here);
            case SAVE_MIGRATE -> new Save(before);
            case BOOT_SUSPENDED, BOOT_STOPPED, BOOT_MIGRATE, BOOT_STOPPED_FAILURE, BOOT_MIGRATE_FAILURE ->
                new Restore(here);
            case MIGRATE -> new Migration(before, here);
            case BOOT, BOOT_POWEROFF, BOOT_UNKNOWN, BOOT_FAILURE, BOOT_UNDEPLOY_FAILURE ->
                new Boot(here, Recovery.RETRY);
            case BOOT_UNDEPLOY -> new Boot(here, Recovery.FAILURE);
            case SHUTDOWN, SHUTDOWN_POWEROFF, SHUTDOWN_UNDEPLOY -> new Shutdown(here);
            case PROLOG_MIGRATE, PROLOG_MIGRATE_FAILURE, PROLOG_MIGRATE_SUSPEND, PROLOG_MIGRATE_SUSPEND_FAILURE ->
                new Transfer(before, here, true);
            case PROLOG_MIGRATE_POWEROFF,
                    PROLOG_MIGRATE_POWEROFF_FAILURE,
                    PROLOG_MIGRATE_UNKNOWN,
                    PROLOG_MIGRATE_UNKNOWN_FAILURE -> new Transfer(before, here, false);
            case PROLOG_RESUME, PROLOG_RESUME_FAILURE -> new Transfer(HostLook.FRONT_END, here, true);
            case PROLOG_UNDEPLOY, PROLOG_UNDEPLOY_FAILURE -> new Transfer(HostLook.FRONT_END, here, false);
            case EPILOG_STOP, EPILOG_STOP_FAILURE -> new Transfer(here, HostLook.FRONT_END, true);
            case EPILOG_UNDEPLOY, EPILOG_UNDEPLOY_FAILURE -> new Transfer(here, HostLook.FRONT_END, false);
            case PROLOG, PROLOG_FAILURE -> new Preparation(here);
            case EPILOG, EPILOG_FAILURE -> new Removal();
            case CLEANUP_DELETE,
                    CLEANUP_RESUBMIT,
                    HOTPLUG,
                    HOTPLUG_SNAPSHOT,
                    HOTPLUG_NIC,
                    HOTPLUG_NIC_POWEROFF,
                    HOTPLUG_RESIZE,
                    HOTPLUG_SAVEAS,
                    HOTPLUG_SAVEAS_POWEROFF,
                    HOTPLUG_SAVEAS_SUSPENDED,
                    HOTPLUG_SAVEAS_UNDEPLOYED,
                    HOTPLUG_SAVEAS_STOPPED,
                    HOTPLUG_PROLOG_POWEROFF,
                    HOTPLUG_EPILOG_POWEROFF,
                    DISK_SNAPSHOT,
                    DISK_SNAPSHOT_DELETE,
                    DISK_SNAPSHOT_POWEROFF,
                    DISK_SNAPSHOT_REVERT_POWEROFF,
                    DISK_SNAPSHOT_DELETE_POWEROFF,
                    DISK_SNAPSHOT_SUSPENDED,
                    DISK_SNAPSHOT_REVERT_SUSPENDED,
                    DISK_SNAPSHOT_DELETE_SUSPENDED,
                    DISK_RESIZE,
                    DISK_RESIZE_POWEROFF,
                    DISK_RESIZE_UNDEPLOYED,
                    BACKUP,
                    BACKUP_POWEROFF,
                    RESTORE -> new Otherwise();
            case UNHEARD_OF -> new Unheard();
        };
    }

    private static boolean namesAllHosts(Awaited awaited) {
        return switch (awaited) {
            case Running(var host) -> !host.isEmpty();
            case Save(var source) -> !source.isEmpty();
            case Restore(var target) -> !target.isEmpty();
            case Migration(var source, var target) -> !source.isEmpty() && !target.isEmpty();
            case Boot boot -> !boot.target().isEmpty();
            case Shutdown(var host) -> !host.isEmpty();
            case Transfer transfer ->
                !transfer.from().isEmpty() && !transfer.to().isEmpty();
            case Preparation(var host) -> !host.isEmpty();
            case Saved _, Off _, Removal _, Otherwise _, Unheard _ -> true;
        };
    }
}
