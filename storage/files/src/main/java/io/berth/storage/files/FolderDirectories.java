package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.Printable;
import io.berth.driver.storage.Capacity;
import io.berth.driver.storage.DirectoryAsides;
import io.berth.driver.storage.DirectoryContent;
import io.berth.driver.storage.DirectoryCopies;
import io.berth.driver.storage.DiskPlace;
import io.berth.driver.storage.Sharing;
import io.berth.driver.storage.StagingFiles;
import io.berth.driver.storage.VmDirectories;
import io.berth.driver.storage.VmDirectory;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.HostAnswer;
import io.berth.storage.hosts.Patience;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** VM directories as folders in the datastore's folder, each host's own view of it. */
final class FolderDirectories implements VmDirectories {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,18})");

    private final FolderSettings settings;
    private final DirectoryPaths paths;
    private final DatastoreHosts hosts;
    private final SharingProbe probe;
    private final ProbeMarks marks;
    private final FolderView view;
    private final FolderAsides asides;
    private final FolderCopies copies;
    private final FolderStaging staging;

    FolderDirectories(FolderSettings settings, DatastoreHosts hosts, Patience patience) {
        this.settings = settings;
        this.paths = new DirectoryPaths(settings);
        this.hosts = hosts;
        this.probe = new SharingProbe(settings, paths, hosts, patience);
        this.marks = new ProbeMarks(settings, paths, hosts);
        this.view = new FolderView(settings, hosts);
        this.copies = new FolderCopies(settings, paths, hosts);
        this.asides = new FolderAsides(settings, paths, hosts, view);
        this.staging = new FolderStaging(settings, paths, hosts);
    }

    @Override
    public Optional<DiskPlace> place(HostRef host, String source) {
        var answer = hosts.on(host, DirectoryCommands.place(paths.folder(), source));
        if (answer.says("absent")) {
            throw answer.storage("disk.absent", "there is no disk at " + Printable.line(source))
                    .why("nothing is at that path")
                    .next("see the guest's definition, and that its storage is mounted on the host")
                    .build();
        }
        if (!answer.succeeded()) {
            throw FolderFailures.of(answer, "it is unknown where " + Printable.line(source) + " is", settings);
        }
        return PlaceText.parse(answer.result().output(), settings.datastore())
                .orElseThrow(() -> FolderFailures.of(
                        answer,
                        "it is unknown where " + Printable.line(source) + " is: the host's answer makes no sense",
                        settings));
    }

    @Override
    public Optional<DirectoryContent> content(HostRef host, VmDirectory directory) {
        var answer = hosts.on(host, DirectoryCommands.size(paths.own(directory)));
        if (answer.says("absent") && !view.has(host, paths.name(paths.own(directory)))) {
            return Optional.empty();
        }
        var size = SIZE.matcher(answer.result().output().strip());
        if (answer.says("special")) {
            throw Failure.of(
                            FailureKind.ENVIRONMENT,
                            "directory.special-file",
                            "directory " + directory + " has more in it than files and links")
                    .host(host)
                    .why(answer.reason())
                    .next("take that out of it: it means nothing on another host")
                    .build();
        }
        if (answer.says("busy")) {
            throw inUse(answer, directory, "can't be moved as a whole");
        }
        if (!answer.succeeded() || !size.matches()) {
            throw FolderFailures.of(answer, "directory " + directory + " can't be read", settings);
        }
        return Optional.of(new DirectoryContent(
                Long.parseLong(size.group(1)),
                new DataSize(Long.parseLong(size.group(2))),
                new DataSize(Long.parseLong(size.group(3)))));
    }

    static Failure inUse(HostAnswer answer, VmDirectory directory, String what) {
        return Failure.of(FailureKind.CONFLICT, "directory.in-use", "directory " + directory + " " + what)
                .host(answer.host())
                .why(answer.reason())
                .next("unmount that, then try again")
                .build();
    }

    @Override
    public Optional<Sharing> declared(HostRef one, HostRef other) {
        if (one.equals(other)) {
            return Optional.of(Sharing.SHARED);
        }
        return switch (settings.shared().mode()) {
            case YES -> Optional.of(Sharing.SHARED);
            case NO -> Optional.of(Sharing.APART);
            case AUTO -> Optional.empty();
        };
    }

    @Override
    public Sharing sharing(Call call, HostRef one, HostRef other) {
        return declared(one, other).orElseGet(() -> probe.between(call, one, other));
    }

    @Override
    public Set<OperationId> unfinishedProbes(HostRef at) {
        return marks.list(at).stream().map(ProbeMarks.Mark::operation).collect(Collectors.toSet());
    }

    @Override
    public void clearProbe(Call call, HostRef at) {
        marks.clear(call, at);
    }

    @Override
    public Duration cacheTime() {
        return settings.shared().cacheTime();
    }

    @Override
    public DirectoryAsides asides() {
        return asides;
    }

    @Override
    public DirectoryCopies copies() {
        return copies;
    }

    @Override
    public StagingFiles staging() {
        return staging;
    }

    @Override
    public Capacity capacity(HostRef host) {
        return FileVolumes.room(hosts.on(host, FileCommands.room(paths.folder())), settings);
    }
}
