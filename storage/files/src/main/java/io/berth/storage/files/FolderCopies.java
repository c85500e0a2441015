package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.DirectoryCopies;
import io.berth.driver.storage.VmDirectory;
import io.berth.storage.hosts.DatastoreHosts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Copies that the hosts' helpers make from each to each, over an ssh of their own. */
final class FolderCopies implements DirectoryCopies {
    /** Attempts in a row that come no further than the one before. */
    private static final int FRUITLESS = 3;

    private final FolderSettings settings;
    private final DirectoryPaths paths;
    private final DatastoreHosts hosts;

    FolderCopies(FolderSettings settings, DirectoryPaths paths, DatastoreHosts hosts) {
        this.settings = settings;
        this.paths = paths;
        this.hosts = hosts;
    }

    @Override
    public State state(OperationId operation, VmDirectory directory, HostRef to) {
        paths.own(directory);
        var answer = hosts.on(to, DirectoryCommands.copyState(paths.folder(), operation, directory.name()));
        var word = answer.result().output().strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(State.values())
                .filter(state -> answer.succeeded() && state.name().equals(word))
                .findFirst()
                .orElseThrow(() -> FolderFailures.of(
                        answer, "it is unknown how far the copy of directory " + directory + " is", settings));
    }

    @Override
    public void copy(Call call, VmDirectory directory, HostRef from, HostRef to, Set<String> hollow) {
        var way = settings.hostToHost();
        var progress = new CopyProgress(call.progress());
        for (var fruitless = 0; !isWhole(call, directory, to); ) {
            var before = progress.furthest();
            var command = DirectoryCommands.send(
                    call, paths.folder(), directory.name(), hollow, way, way.destination(to), progress);
            var answer = hosts.on(from, command);
            if (answer.succeeded()) {
                requireWhole(call, directory, to);
                return;
            }
            fruitless = progress.furthest() > before ? 0 : fruitless + 1;
            if (!answer.says("cut") || fruitless == FRUITLESS) {
                throw CopyFailures.of(answer, directory, to, settings);
            }
        }
    }

    private boolean isWhole(Call call, VmDirectory directory, HostRef to) {
        return switch (state(call.token().operation(), directory, to)) {
            case NONE, PARTIAL -> false;
            case WHOLE, PLACED -> true;
        };
    }

    private void requireWhole(Call call, VmDirectory directory, HostRef to) {
        if (!isWhole(call, directory, to)) {
            throw Failure.of(FailureKind.STORAGE, "directory.elsewhere", directory + " went to another host")
                    .host(to)
                    .why("the sender calls it whole, and it isn't here")
                    .next("see where ssh on the sending host leads for '"
                            + settings.hostToHost().destination(to) + "'")
                    .build();
        }
    }

    @Override
    public void place(Call call, VmDirectory directory, HostRef to) {
        paths.own(directory);
        var answer = hosts.on(to, DirectoryCommands.copyPlace(call, paths.folder(), directory.name()));
        if (!answer.succeeded()) {
            throw CopyFailures.of(answer, directory, to, settings);
        }
    }

    @Override
    public void drop(Call call, VmDirectory directory, HostRef to) {
        paths.own(directory);
        var answer = hosts.on(to, DirectoryCommands.copyDrop(call, paths.folder(), directory.name()));
        if (answer.says("busy")) {
            throw FolderDirectories.inUse(answer, directory, "can't be taken away again");
        }
        if (!answer.succeeded()) {
            throw FolderFailures.of(answer, "the copy of directory " + directory + " can't be taken away", settings);
        }
    }

    @Override
    public void forget(Call call, VmDirectory directory, HostRef to) {
        paths.own(directory);
        var answer = hosts.on(to, DirectoryCommands.copyForget(call, paths.folder(), directory.name()));
        if (!answer.succeeded()) {
            throw FolderFailures.of(
                    answer, "the note of the copy of directory " + directory + " can't be removed", settings);
        }
    }
}
