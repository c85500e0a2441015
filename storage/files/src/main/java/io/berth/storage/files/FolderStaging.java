package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.Printable;
import io.berth.driver.storage.StagingFile;
import io.berth.driver.storage.StagingFiles;
import io.berth.driver.storage.VmDirectory;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.HostAnswer;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Staging files in the datastore's folder, each host's own view of it. */
final class FolderStaging implements StagingFiles {
    private final FolderSettings settings;
    private final DirectoryPaths paths;
    private final DatastoreHosts hosts;

    FolderStaging(FolderSettings settings, DirectoryPaths paths, DatastoreHosts hosts) {
        this.settings = settings;
        this.paths = paths;
        this.hosts = hosts;
    }

    @Override
    public Set<StagingFile> list(HostRef at) {
        var found = new Found();
        expect(hosts.on(at, FileCommands.list(paths.folder(), found)), "listed");
        return Collections.unmodifiableSet(found.files);
    }

    @Override
    public Optional<DevicePath> find(StagingFile file, HostRef at) {
        return list(at).contains(file) ? Optional.of(path(file)) : Optional.empty();
    }

    @Override
    public DevicePath create(Call call, HostRef at, DataSize atLeast) {
        var path = path(StagingFile.of(call.token()));
        expect(hosts.on(at, FileCommands.makeVolume(call, path.path(), atLeast)), "written to");
        return path;
    }

    /** Looked for first: removing says nothing of a folder that isn't mounted. */
    @Override
    public void remove(Call call, HostRef at) {
        if (find(StagingFile.of(call.token()), at).isPresent()) {
            var path = path(StagingFile.of(call.token()));
            expect(hosts.on(at, FileCommands.remove(call, path.path())), "cleared");
        }
    }

    private DevicePath path(StagingFile file) {
        return new DevicePath(paths.staging(file));
    }

    private void expect(HostAnswer answer, String done) {
        if (!answer.succeeded()) {
            throw FolderFailures.of(answer, Printable.line(paths.folder()) + " can't be " + done, settings);
        }
    }

    /** Picks them out of the helper's {@code list}. */
    private static final class Found implements Consumer<String> {
        private static final Pattern LINE = Pattern.compile(Pattern.quote(VmDirectory.OWN_PREFIX)
                + "staging-(?<operation>[a-z0-9]{8,32})\\.(?<vm>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) .*");

        private final Set<StagingFile> files = new LinkedHashSet<>();

        @Override
        public void accept(String line) {
            var matcher = LINE.matcher(line);
            if (matcher.matches()) {
                files.add(new StagingFile(
                        UUID.fromString(matcher.group("vm")), new OperationId(matcher.group("operation"))));
            }
        }
    }
}
