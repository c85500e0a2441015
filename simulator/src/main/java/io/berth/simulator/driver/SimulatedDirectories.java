package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.Capacity;
import io.berth.driver.storage.DirectoryAsides;
import io.berth.driver.storage.DirectoryContent;
import io.berth.driver.storage.DirectoryCopies;
import io.berth.driver.storage.DiskPlace;
import io.berth.driver.storage.Sharing;
import io.berth.driver.storage.StagingFiles;
import io.berth.driver.storage.VmDirectories;
import io.berth.driver.storage.VmDirectory;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.SimulatedFolders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** VM directories on simulated hosts. */
final class SimulatedDirectories implements VmDirectories {
    private static final DirectoryContent CONTENT =
            new DirectoryContent(1, DataSize.ofMebibytes(200), DataSize.ofMebibytes(100));
    private static final DataSize ROOM = DataSize.ofMebibytes(1 << 20);

    private final String datastore;
    private final SimulatedFolders folders;
    private final Calls calls;

    SimulatedDirectories(String datastore, SimulatedFolders folders, Calls calls) {
        this.datastore = datastore;
        this.folders = folders;
        this.calls = calls;
    }

    static Failure absent(HostRef host, String what) {
        return Failure.of(FailureKind.STORAGE, "disk.absent", "there is nothing at " + what)
                .host(host)
                .next("see where it is")
                .build();
    }

    @Override
    public Optional<DiskPlace> place(HostRef host, String source) {
        return calls.look(host, "directories.place", _ -> {
            var directory =
                    Guest.directoryOf(source).filter(home -> home.datastore().equals(datastore));
            if (directory.isPresent()
                    && folders.find(host, directory.get().name()).isEmpty()) {
                throw absent(host, source);
            }
            return directory.map(home -> new DiskPlace.Inside(home, source.substring(source.lastIndexOf('/') + 1)));
        });
    }

    @Override
    public Optional<DirectoryContent> content(HostRef host, VmDirectory directory) {
        return calls.look(
                host,
                "directories.content",
                _ -> folders.find(host, directory.name()).map(_ -> CONTENT));
    }

    @Override
    public Optional<Sharing> declared(HostRef one, HostRef other) {
        return one.equals(other) ? Optional.of(Sharing.SHARED) : folders.declared();
    }

    @Override
    public Sharing sharing(Call call, HostRef one, HostRef other) {
        for (var host : List.of(one, other)) {
            calls.change(
                    host,
                    "directories.mark",
                    call.token(),
                    _ -> folders.marks(host).add(call.token().operation()));
        }
        var seen = calls.look(other, "directories.see", _ -> folders.found());
        for (var host : List.of(one, other)) {
            clearProbe(call, host);
        }
        return seen;
    }

    @Override
    public Set<OperationId> unfinishedProbes(HostRef at) {
        return calls.look(at, "directories.marks", _ -> Set.copyOf(folders.marks(at)));
    }

    @Override
    public void clearProbe(Call call, HostRef at) {
        calls.change(
                at,
                "directories.unmark",
                call.token(),
                _ -> folders.marks(at).remove(call.token().operation()));
    }

    @Override
    public Duration cacheTime() {
        return folders.memoryOfNames();
    }

    @Override
    public DirectoryAsides asides() {
        return new SimulatedAsides(folders, calls);
    }

    @Override
    public DirectoryCopies copies() {
        return new SimulatedCopies(folders, calls);
    }

    @Override
    public StagingFiles staging() {
        return new SimulatedStaging(folders, calls);
    }

    @Override
    public Capacity capacity(HostRef host) {
        return calls.look(host, "directories.capacity", _ -> new Capacity(ROOM, ROOM));
    }
}
