package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.DirectoryAsides;
import io.berth.driver.storage.VmDirectory;
import io.berth.simulator.world.SimulatedFolders;

/** Directories that were renamed on simulated hosts. */
final class SimulatedAsides implements DirectoryAsides {
    private final SimulatedFolders folders;
    private final Calls calls;

    SimulatedAsides(SimulatedFolders folders, Calls calls) {
        this.folders = folders;
        this.calls = calls;
    }

    private static String aside(OperationId operation, VmDirectory directory) {
        return VmDirectory.OWN_PREFIX + "aside-" + operation + "." + directory.name();
    }

    @Override
    public State state(OperationId operation, VmDirectory directory, HostRef at) {
        return calls.look(at, "asides.state", _ -> stateNow(operation, directory, at));
    }

    private State stateNow(OperationId operation, VmDirectory directory, HostRef at) {
        var inPlace = folders.find(at, directory.name()).isPresent();
        if (folders.find(at, aside(operation, directory)).isPresent()) {
            return inPlace ? State.REPLACED : State.ASIDE;
        }
        return inPlace ? State.IN_PLACE : State.GONE;
    }

    @Override
    public void setAside(Call call, VmDirectory directory, HostRef at) {
        calls.change(at, "asides.set-aside", call.token(), _ -> {
            if (stateNow(call.token().operation(), directory, at) == State.GONE) {
                throw SimulatedDirectories.absent(at, directory.name());
            }
            return folders.rename(at, directory.name(), aside(call.token().operation(), directory));
        });
    }

    @Override
    public void restore(Call call, VmDirectory directory, HostRef at) {
        calls.change(at, "asides.restore", call.token(), _ -> {
            if (!folders.rename(at, aside(call.token().operation(), directory), directory.name())) {
                throw occupied(at, directory);
            }
            return true;
        });
    }

    static Failure occupied(HostRef at, VmDirectory directory) {
        return Failure.of(FailureKind.CONFLICT, "directory.occupied", "there is a directory " + directory)
                .host(at)
                .next("see whose it is")
                .build();
    }

    @Override
    public Look lookFrom(OperationId operation, VmDirectory directory, HostRef other) {
        return switch (state(operation, directory, other)) {
            case IN_PLACE -> Look.THERE;
            case ASIDE, REPLACED, GONE -> Look.VANISHED;
        };
    }

    @Override
    public void delete(Call call, VmDirectory directory, HostRef at) {
        calls.change(at, "asides.delete", call.token(), _ -> {
            folders.remove(at, aside(call.token().operation(), directory));
            return true;
        });
    }
}
