package io.berth.opennebula.walk;

import io.berth.opennebula.memory.Verdict;
import java.util.Optional;

/** Holds what the core is told against what there is. */
final class Truth {
    private Truth() {}

    /**
     * What is untrue of an answer. Of a VM whose memory went with its host nothing is asked but that its disk is there.
     *
     * @param before what there was when the core asked
     */
    static Optional<String> lie(WalkedVm vm, Demand demand, Verdict verdict, Sight before, Sight now) {
        var isDone = verdict instanceof Verdict.Done;
        var isTrue = switch (demand) {
            case Demand.Save _ ->
                now.isLost() || isDone == (now.isSaved() && now.running().isEmpty());
            case Demand.Restore(var host) -> now.isLost() || isDone == now.isAliveOnlyOn(host);
            case Demand.MigrateLive(var _, var to) -> now.isLost() || isDone == now.isAliveOnlyOn(to);
            case Demand.Move(var from, var to) ->
                isDone
                        ? now.disks().contains(to)
                        : !before.hasDiskOn(from.host()) || now.disks().contains(from);
            case Demand.ShutDown _, Demand.Deploy _, Demand.Delete _ -> true;
        };
        return isTrue ? Optional.empty() : Optional.of("untrue of " + vm + ": " + demand + " " + verdict + ": " + now);
    }

    /** What is wrong with a VM when all hosts are there and nothing is left to be done. */
    static Optional<String> misplacement(WalkedVm vm, Sight now) {
        var isWhereItIsBelieved = switch (vm.standing().state()) {
            case RUNNING -> now.isAliveOnlyOn(vm.host());
            case SUSPENDED, STOPPED -> now.isSaved();
            case POWEROFF, UNDEPLOYED -> now.isLost();
        };
        return isWhereItIsBelieved && now.hasDiskOn(vm.host())
                ? Optional.empty()
                : Optional.of(vm + " isn't " + vm.standing() + ": " + now);
    }
}
