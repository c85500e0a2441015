package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.DirectoryAsides;
import io.berth.driver.storage.VmDirectory;
import io.berth.storage.hosts.DatastoreHosts;
import java.util.List;

/** Directories that are renamed within their datastore's folder. */
final class FolderAsides implements DirectoryAsides {
    private final FolderSettings settings;
    private final DirectoryPaths paths;
    private final DatastoreHosts hosts;
    private final FolderView view;

    FolderAsides(FolderSettings settings, DirectoryPaths paths, DatastoreHosts hosts, FolderView view) {
        this.settings = settings;
        this.paths = paths;
        this.hosts = hosts;
        this.view = view;
    }

    @Override
    public State state(OperationId operation, VmDirectory directory, HostRef at) {
        var own = paths.name(paths.own(directory));
        var aside = paths.name(paths.aside(operation, directory));
        var seen = view.of(at, List.of(own, aside));
        if (seen.contains(aside)) {
            return seen.contains(own) ? State.REPLACED : State.ASIDE;
        }
        return seen.contains(own) ? State.IN_PLACE : State.GONE;
    }

    @Override
    public void setAside(Call call, VmDirectory directory, HostRef at) {
        var aside = paths.aside(call.token().operation(), directory);
        var answer = hosts.on(at, DirectoryCommands.rename(call, paths.own(directory), aside));
        if (answer.says("absent") && !view.has(at, paths.name(paths.own(directory)))) {
            throw answer.storage("directory.absent", "directory " + directory + " can't be set aside")
                    .why("it isn't there")
                    .next("find out who has moved it; its disks are somewhere else, or gone")
                    .build();
        }
        if (!answer.succeeded()) {
            throw FolderFailures.of(answer, "directory " + directory + " can't be set aside", settings);
        }
    }

    @Override
    public void restore(Call call, VmDirectory directory, HostRef at) {
        var aside = paths.aside(call.token().operation(), directory);
        var answer = hosts.on(at, DirectoryCommands.rename(call, aside, paths.own(directory)));
        if (answer.says("exists")) {
            throw Failure.of(
                            FailureKind.CONFLICT,
                            "directory.occupied",
                            "directory " + directory + " can't get its place back")
                    .host(at)
                    .why("something else has its name; it itself is " + aside)
                    .next("see what that is and move it away, then run 'berth recover'")
                    .build();
        }
        if (!answer.succeeded()) {
            throw FolderFailures.of(answer, "directory " + directory + " can't get its place back", settings);
        }
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
        var answer = hosts.on(
                at, DirectoryCommands.remove(call, paths.aside(call.token().operation(), directory)));
        if (answer.says("busy")) {
            throw FolderDirectories.inUse(answer, directory, "can't be deleted");
        }
        if (!answer.succeeded()) {
            throw FolderFailures.of(answer, "directory " + directory + " can't be deleted", settings);
        }
    }
}
