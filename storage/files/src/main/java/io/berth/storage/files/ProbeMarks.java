package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.Printable;
import io.berth.driver.storage.VmDirectory;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.HostAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@link SharingProbe} wrote for another host to see and, cut short, didn't remove. */
final class ProbeMarks {
    private final FolderSettings settings;
    private final DirectoryPaths paths;
    private final DatastoreHosts hosts;

    ProbeMarks(FolderSettings settings, DirectoryPaths paths, DatastoreHosts hosts) {
        this.settings = settings;
        this.paths = paths;
        this.hosts = hosts;
    }

    /** A file in the datastore's folder. */
    record Mark(OperationId operation, String path) {}

    List<Mark> list(HostRef at) {
        var found = new Found(paths.folder());
        expect(hosts.on(at, FileCommands.list(paths.folder(), found)), "listed");
        return List.copyOf(found.marks);
    }

    void clear(Call call, HostRef at) {
        list(at).stream()
                .filter(mark -> mark.operation().equals(call.token().operation()))
                .forEach(mark -> expect(hosts.on(at, FileCommands.remove(call, mark.path())), "cleared"));
    }

    private void expect(HostAnswer answer, String done) {
        if (!answer.succeeded()) {
            throw FolderFailures.of(answer, Printable.line(paths.folder()) + " can't be " + done, settings);
        }
    }

    /** Picks them out of the helper's {@code list}. */
    private static final class Found implements Consumer<String> {
        private static final Pattern LINE = Pattern.compile("(?<name>" + Pattern.quote(VmDirectory.OWN_PREFIX)
                + "probe-(?<operation>[a-z0-9]{8,32})\\.[0-9a-f]+) .*");

        private final String folder;
        private final List<Mark> marks = new ArrayList<>();

        Found(String folder) {
            this.folder = folder;
        }

        @Override
        public void accept(String line) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                marks.add(new Mark(new OperationId(matcher.group("operation")), folder + "/" + matcher.group("name")));
            }
        }
    }
}
