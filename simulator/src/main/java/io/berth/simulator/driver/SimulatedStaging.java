package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.storage.StagingFile;
import io.berth.driver.storage.StagingFiles;
import io.berth.simulator.world.SimulatedFolders;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Files on simulated hosts that memory goes through. */
final class SimulatedStaging implements StagingFiles {
    private final SimulatedFolders folders;
    private final Calls calls;

    SimulatedStaging(SimulatedFolders folders, Calls calls) {
        this.folders = folders;
        this.calls = calls;
    }

    @Override
    public Set<StagingFile> list(HostRef at) {
        return calls.look(
                at, "staging.list", _ -> new LinkedHashSet<>(folders.staged(at).keySet()));
    }

    @Override
    public Optional<DevicePath> find(StagingFile file, HostRef at) {
        return calls.look(
                at,
                "staging.find",
                _ -> folders.staged(at).containsKey(file)
                        ? Optional.of(SimulatedFolders.path(file))
                        : Optional.empty());
    }

    @Override
    public DevicePath create(Call call, HostRef at, DataSize atLeast) {
        var file = StagingFile.of(call.token());
        return calls.change(at, "staging.create", call.token(), _ -> {
            folders.stage(at, file, atLeast);
            return SimulatedFolders.path(file);
        });
    }

    @Override
    public void remove(Call call, HostRef at) {
        calls.change(at, "staging.remove", call.token(), _ -> {
            folders.unstage(at, StagingFile.of(call.token()));
            return true;
        });
    }
}
