package io.berth.opennebula.explain;

import io.berth.opennebula.oned.HistoryRecord;
import io.berth.opennebula.oned.VirtualMachine;
import java.util.Optional;

/**
 * Where a VM that OpenNebula isn't just working on has its folder.
 *
 * @param host as OpenNebula calls it, or the front-end
 * @param datastore OpenNebula's number
 * @param memory what has become of its memory
 */
record Residence(String host, int datastore, Memory memory) {
    enum Memory {
        /** On the host. */
        LIVE,
        /** In a checkpoint. */
        SAVED,
        /** It is switched off. */
        NONE
    }

    /** @return empty for a VM that is on its way, has failed, or was nowhere yet: its folders may be anywhere */
    static Optional<Residence> of(VirtualMachine vm) {
        return vm.present().flatMap(stay -> switch (vm.state()) {
            case RUNNING -> at(stay.host(), stay, Memory.LIVE);
            case SUSPENDED -> at(stay.host(), stay, Memory.SAVED);
            case POWEROFF -> at(stay.host(), stay, Memory.NONE);
            case STOPPED -> at(HostLook.FRONT_END, stay, Memory.SAVED);
            case UNDEPLOYED -> at(HostLook.FRONT_END, stay, Memory.NONE);
            default -> Optional.empty();
        });
    }

    private static Optional<Residence> at(String host, HistoryRecord stay, Memory memory) {
        return Optional.of(new Residence(host, stay.datastore(), memory));
    }

    boolean isOf(FoundFolder folder) {
        return folder.host().equals(host) && folder.datastore() == datastore;
    }
}
