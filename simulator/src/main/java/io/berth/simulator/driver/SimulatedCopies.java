package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.DirectoryCopies;
import io.berth.driver.storage.VmDirectory;
import io.berth.simulator.world.SimulatedDirectory;
import io.berth.simulator.world.SimulatedFolders;
import java.util.List;
import java.util.Set;

/** Directories that go from one simulated host to another; in the middle either may be lost, or who waits for it. */
final class SimulatedCopies implements DirectoryCopies {
    private final SimulatedFolders folders;
    private final Calls calls;

    SimulatedCopies(SimulatedFolders folders, Calls calls) {
        this.folders = folders;
        this.calls = calls;
    }

    private static String note(OperationId operation, VmDirectory directory) {
        return VmDirectory.OWN_PREFIX + "copy-" + operation + "." + directory.name();
    }

    @Override
    public State state(OperationId operation, VmDirectory directory, HostRef to) {
        return calls.look(to, "copies.state", _ -> stateNow(operation, directory, to));
    }

    private State stateNow(OperationId operation, VmDirectory directory, HostRef to) {
        var note = note(operation, directory);
        var isNoted = folders.notes(to).contains(note);
        if (folders.find(to, note).isPresent()) {
            return isNoted ? State.WHOLE : State.PARTIAL;
        }
        return isNoted ? State.PLACED : State.NONE;
    }

    @Override
    public void copy(Call call, VmDirectory directory, HostRef from, HostRef to, Set<String> hollow) {
        calls.change(from, "copies.copy", call.token(), _ -> {
            var operation = call.token().operation();
            var target = calls.world().host(to);
            target.requireReachable();
            target.pass(call.token());
            switch (stateNow(operation, directory, to)) {
                case WHOLE, PLACED -> {}
                case NONE, PARTIAL -> send(operation, directory, from, to, !hollow.isEmpty());
            }
            return true;
        });
    }

    private void send(OperationId operation, VmDirectory directory, HostRef from, HostRef to, boolean isHollow) {
        if (folders.find(to, directory.name()).isPresent()) {
            throw SimulatedAsides.occupied(to, directory);
        }
        var source = folders.find(from, directory.name())
                .orElseThrow(() -> SimulatedDirectories.absent(from, directory.name()));
        var copy = isHollow ? source.hollow() : source.copy();
        folders.put(to, note(operation, directory), copy);
        for (var host : List.of(from, to)) {
            try {
                calls.middle(host, "copies.copy");
            } catch (Failure failure) {
                if (failure.isUnknownOutcome()) {
                    finish(copy, operation, directory, from, to);
                }
                throw failure;
            }
        }
        if (!finish(copy, operation, directory, from, to)) {
            throw Failure.of(FailureKind.ENVIRONMENT, "directory.cut", "the hosts have lost each other")
                    .host(from)
                    .next("try again")
                    .build();
        }
    }

    /** False when one of the hosts is gone by now, or what was on its way. */
    private boolean finish(
            SimulatedDirectory copy, OperationId operation, VmDirectory directory, HostRef from, HostRef to) {
        var isUnderWay = calls.world().host(from).isReachable()
                && calls.world().host(to).isReachable()
                && folders.find(to, note(operation, directory))
                        .filter(there -> there == copy)
                        .isPresent();
        if (isUnderWay) {
            copy.flush();
            folders.notes(to).add(note(operation, directory));
        }
        return isUnderWay;
    }

    @Override
    public void place(Call call, VmDirectory directory, HostRef to) {
        calls.change(to, "copies.place", call.token(), _ -> {
            var note = note(call.token().operation(), directory);
            if (!folders.notes(to).contains(note)) {
                throw SimulatedDirectories.absent(to, note);
            }
            if (!folders.rename(to, note, directory.name())) {
                throw SimulatedAsides.occupied(to, directory);
            }
            return true;
        });
    }

    @Override
    public void drop(Call call, VmDirectory directory, HostRef to) {
        calls.change(to, "copies.drop", call.token(), _ -> {
            var operation = call.token().operation();
            if (stateNow(operation, directory, to) == State.PLACED) {
                folders.remove(to, directory.name());
            }
            folders.remove(to, note(operation, directory));
            return folders.notes(to).remove(note(operation, directory));
        });
    }

    @Override
    public void forget(Call call, VmDirectory directory, HostRef to) {
        calls.change(
                to,
                "copies.forget",
                call.token(),
                _ -> folders.notes(to).remove(note(call.token().operation(), directory)));
    }
}
