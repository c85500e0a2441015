package io.berth.opennebula.explain;

import io.berth.opennebula.oned.HistoryRecord;
import io.berth.opennebula.oned.VirtualMachine;
import java.util.List;
import java.util.Optional;

/**
 * All that was seen of a VM.
 *
 * @param vm what OpenNebula says
 * @param hosts each host of the VM's history and the front-end, looked at once
 * @param elsewhere hosts known to Berth, of which OpenNebula says nothing, where a guest of it is alive
 * @param blocks complete and unused checkpoints on Berth's datastores
 * @param unfinished operations of Berth on the VM that aren't over
 * @param silent what couldn't be asked besides hosts of the history, for people
 */
public record Facts(
        VirtualMachine vm,
        List<HostSight> hosts,
        List<String> elsewhere,
        List<String> blocks,
        List<String> unfinished,
        List<String> silent) {
    public Facts {
        hosts = List.copyOf(hosts);
        elsewhere = List.copyOf(elsewhere);
        blocks = List.copyOf(blocks);
        unfinished = List.copyOf(unfinished);
        silent = List.copyOf(silent);
    }

    /** TM_MAD of the system datastore where the VM is or is to go. */
    Optional<String> transferDriver() {
        return vm.present().map(HistoryRecord::transferDriver);
    }

    FolderSight folder(String host) {
        return hosts.stream()
                .filter(sight -> sight.host().equals(host))
                .map(HostSight::folder)
                .findFirst()
                .orElseGet(FolderSight::untold);
    }
}
