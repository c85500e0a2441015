package io.berth.opennebula.walk;

import io.berth.driver.HostRef;
import io.berth.opennebula.memory.Verdict;
import io.berth.opennebula.walk.Standing.Home;
import java.util.List;
import java.util.Optional;

/**
 * A site as a walk uses it: what can be asked of its drivers, and what can be seen behind their backs.
 *
 * @param <V> its VMs
 */
public interface WalkedSite<V extends WalkedVm> {
    HostRef frontEnd();

    /** The hosts that VMs run on. */
    List<HostRef> nodes();

    List<SystemDatastore> datastores();

    /** How many VMs may run at a time; one that comes on top is soon made to make room. */
    int crowd();

    /** All that the core has. */
    List<V> vms();

    /** A new VM, which runs. */
    V add(int number, Home home);

    /** Empty when the driver died before it could answer: another one is there by now. */
    Optional<Verdict> ask(V vm, Demand demand);

    /** The user gives up what is in its memory and on its disk, wherever it is. */
    void giveUp(V vm);

    /** It was terminated. */
    void forget(V vm);

    Sight look(V vm);

    Weather weather();

    /** What an administrator or a daemon does after a while. */
    void recover();

    /** What nobody owns is removed. */
    void collectGarbage();

    /** What is wrong at any time, in the middle of whatever. */
    List<String> wrongs();

    /** What is wrong besides when all hosts are there and nothing is left to be done: what no VM is at home in. */
    List<String> wrongsAtRest();

    /** An action begins, of which {@link #story} is to tell. */
    void beginAction();

    /** The last action, call by call. */
    List<String> story();
}
