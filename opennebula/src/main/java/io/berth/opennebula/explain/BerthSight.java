package io.berth.opennebula.explain;

import io.berth.core.journal.OperationState;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.storage.CheckpointState;
import io.berth.engine.Engine;
import io.berth.engine.HostView;
import io.berth.engine.MachineState;
import io.berth.engine.MachineView;
import io.berth.opennebula.oned.HistoryRecord;
import io.berth.opennebula.oned.VirtualMachine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What Berth's own engine knows of a VM.
 *
 * @param guests seen on its hosts
 * @param answering hosts of Berth's that gave an answer
 * @param blocks complete and unused checkpoints
 * @param unfinished its operations that aren't over
 * @param silent what gave no answer, for people
 */
record BerthSight(
        List<MachineView> guests,
        Set<String> answering,
        List<String> blocks,
        List<String> unfinished,
        List<String> silent) {
    /** Operations that are looked through, newest first. */
    private static final int LATEST = 1000;

    static BerthSight of(Engine engine, VirtualMachine vm) {
        var silent = new ArrayList<String>();
        var answering = new HashSet<String>();
        asked(silent, List.<HostView>of(), () -> engine.hosts().list())
                .forEach(view -> answering.add(view.host().name()));
        var mute = new ArrayList<Failure>();
        var guests = asked(silent, List.<MachineView>of(), () -> {
            var found = engine.machines().list();
            mute.addAll(found.silent());
            return found.items();
        });
        if (!silent.isEmpty()) {
            answering.clear();
        }
        // One that doesn't say whose it is may be any host's.
        mute.forEach(
                failure -> failure.host().ifPresentOrElse(host -> answering.remove(host.name()), answering::clear));
        var checkpoints = asked(silent, List.<String>of(), () -> {
            var found = engine.checkpoints().list();
            mute.addAll(found.silent());
            found.items().stream()
                    .filter(entry -> entry.state() == CheckpointState.COMPLETE)
                    .filter(entry -> entry.record().isEmpty())
                    .forEach(entry ->
                            silent.add("checkpoint " + entry.volume() + " can't be read: it may be this VM's"));
            return found.items().stream()
                    .filter(entry -> entry.state() == CheckpointState.COMPLETE)
                    .filter(entry -> entry.record()
                            .filter(record -> isOf(vm, record.vm()))
                            .isPresent())
                    .map(entry -> "checkpoint " + entry.volume())
                    .toList();
        });
        var unfinished = asked(
                silent,
                List.<String>of(),
                () -> engine.operations().list(Optional.empty(), LATEST).stream()
                        .filter(entry -> isOf(vm, entry.vm()))
                        .filter(entry ->
                                entry.state() == OperationState.ACTIVE || entry.state() == OperationState.PENDING)
                        .map(entry -> entry.kind() + " " + entry.id())
                        .toList());
        // Hosts of the history are looked at without Berth too.
        var history = vm.history().stream().map(HistoryRecord::host).toList();
        mute.stream()
                .filter(failure -> failure.host()
                        .map(HostRef::name)
                        .filter(history::contains)
                        .isEmpty())
                .map(Failure::getMessage)
                .distinct()
                .forEach(silent::add);
        return new BerthSight(
                guests.stream().filter(view -> isOf(vm, view.vm())).toList(),
                answering,
                checkpoints,
                unfinished,
                silent);
    }

    private static <T> T asked(List<String> silent, T otherwise, Supplier<T> question) {
        try {
            return question.get();
        } catch (Failure untold) {
            silent.add("Berth's own hosts and datastores: " + untold.getMessage());
            return otherwise;
        }
    }

    private static boolean isOf(VirtualMachine vm, VmRef guest) {
        return guest.name().equals(vm.guestName()) || guest.uuid().toString().equalsIgnoreCase(vm.deployId());
    }

    /** The sight with what Berth's engine saw there: two who look see more than one. */
    HostSight completed(HostSight sight) {
        var own = guests.stream()
                .filter(view -> view.host().name().equals(sight.host()))
                .map(BerthSight::guest)
                .filter(GuestSight::isAlive)
                .findFirst();
        var guest = switch (sight.guest()) {
            case UNTOLD, UNASKED -> own.orElse(answering.contains(sight.host()) ? GuestSight.ABSENT : sight.guest());
            case ABSENT -> own.isPresent() ? GuestSight.BETWEEN : GuestSight.ABSENT;
            case RUNNING, PAUSED, BETWEEN -> sight.guest();
        };
        return new HostSight(sight.host(), guest, sight.folder(), sight.why());
    }

    private static GuestSight guest(MachineView view) {
        return switch (view.state()) {
            case RUNNING -> GuestSight.RUNNING;
            case PAUSED -> GuestSight.PAUSED;
            case ORPHANED, BUSY, BROKEN -> GuestSight.BETWEEN;
            case SUSPENDED, STOPPED, SHUT_OFF -> GuestSight.ABSENT;
        };
    }

    /** Hosts where a guest of it is alive, and that OpenNebula doesn't name. */
    List<String> elsewhere(Set<String> named) {
        return guests.stream()
                .filter(view ->
                        view.state() != MachineState.SHUT_OFF && !view.state().isInACheckpoint())
                .map(view -> view.host().name())
                .filter(host -> !named.contains(host))
                .distinct()
                .toList();
    }
}
