package io.berth.opennebula.memory;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.engine.Engine;
import io.berth.engine.MachineState;
import io.berth.engine.MachineView;
import java.util.List;
import java.util.Locale;

/**
 * What hosts and datastores say of one guest.
 *
 * @param views one for each host that has it, or one for its checkpoint
 * @param silent hosts and datastores that gave no answer
 */
record Sight(List<MachineView> views, List<Failure> silent) {
    private static final String SILENT_HOST = "host.no-answer";

    Sight {
        views = List.copyOf(views);
        silent = List.copyOf(silent);
    }

    /**
     * Asks all of them.
     *
     * @param vm name or UUID
     */
    static Sight of(Engine engine, String vm) {
        var seen = engine.machines().list();
        return new Sight(seen.items().stream().filter(view -> isMeant(view, vm)).toList(), seen.silent());
    }

    private static boolean isMeant(MachineView view, String vm) {
        return view.vm().name().equals(vm) || view.vm().uuid().toString().equals(vm.toLowerCase(Locale.ROOT));
    }

    /** A complete checkpoint is all there is of its memory. */
    boolean isInACheckpoint() {
        return views.size() == 1 && views.getFirst().state().isInACheckpoint();
    }

    /** The same, or it stands paused beside it. */
    boolean hasCheckpointAndDoesNotRun() {
        return views.size() == 1
                && views.getFirst().checkpoint().isPresent()
                && (isInACheckpoint() || views.getFirst().state() == MachineState.PAUSED);
    }

    /** It is paused somewhere, whether or not it has a checkpoint beside. */
    boolean standsStill() {
        return views.stream().anyMatch(view -> view.state() == MachineState.PAUSED);
    }

    /** Nobody has memory of it, and everybody was asked. */
    boolean isAbsent() {
        return silent.isEmpty() && !isInACheckpoint() && !isOnAHost();
    }

    /** A host has memory of it, in whatever state. */
    boolean isOnAHost() {
        return views.stream().anyMatch(Sight::isOnItsHost);
    }

    boolean isOn(HostRef host) {
        return views.stream().anyMatch(view -> isOnItsHost(view) && view.host().equals(host));
    }

    /** It runs there, or stands paused and could; and no other host that answers has it. */
    boolean isAliveOnlyOn(HostRef host) {
        var there = views.stream().filter(Sight::isOnItsHost).toList();
        return there.size() == 1 && there.getFirst().host().equals(host) && isAlive(there.getFirst());
    }

    private static boolean isAlive(MachineView view) {
        return view.state() == MachineState.RUNNING || view.state() == MachineState.PAUSED;
    }

    private static boolean isOnItsHost(MachineView view) {
        return switch (view.state()) {
            case RUNNING, PAUSED, BUSY, BROKEN, ORPHANED -> true;
            case SUSPENDED, STOPPED, SHUT_OFF -> false;
        };
    }

    boolean isSilent(HostRef host) {
        return silent.stream()
                .anyMatch(failure -> isOfAHost(failure)
                        && failure.host().filter(host::equals).isPresent());
    }

    boolean isDatastoreSilent() {
        return silent.stream().anyMatch(failure -> !isOfAHost(failure));
    }

    private static boolean isOfAHost(Failure failure) {
        return failure.is(SILENT_HOST);
    }

    /** For people. */
    @Override
    public String toString() {
        var seen =
                views.stream().map(view -> view.state() + " on " + view.host()).toList();
        return (seen.isEmpty() ? "nobody who answers has it" : "it is " + String.join(" and ", seen))
                + (silent.isEmpty()
                        ? ""
                        : "; no answer: "
                                + silent.stream().map(Failure::getMessage).toList());
    }
}
