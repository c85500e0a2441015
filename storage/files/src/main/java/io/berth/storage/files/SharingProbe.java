package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.storage.Sharing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Finds out whether two hosts see one folder: each writes random content, and the other reads it. Both ways, since a folder
 * that is replicated now and then looks shared from one side.
 */
final class SharingProbe {
    private static final int CONTENT_BYTES = 32;
    private static final int NAME_BYTES = 8;
    private static final Pattern LOOK = Pattern.compile("(?<identity>[0-9]+:[0-9]+) (?<kind>[0-9a-f]+)");

    private final FolderSettings settings;
    private final DirectoryPaths paths;
    private final DatastoreHosts hosts;
    private final Patience patience;
    private final SecureRandom random = new SecureRandom();

    /** @param patience with a host that doesn't see what the other wrote, though the other sees what this one did */
    SharingProbe(FolderSettings settings, DirectoryPaths paths, DatastoreHosts hosts, Patience patience) {
        this.settings = settings;
        this.paths = paths;
        this.hosts = hosts;
        this.patience = patience;
    }

    /**
     * The folder as a host sees it.
     *
     * @param boot other for every kernel that was ever started
     * @param identity among all that one kernel has
     * @param kind of file system
     */
    private record View(String boot, String identity, String kind) {}

    Sharing between(Call call, HostRef one, HostRef other) {
        var here = view(one);
        var there = view(other);
        if (here.boot().equals(there.boot()) && here.identity().equals(there.identity())) {
            return Sharing.SHARED;
        }
        if (!here.kind().equals(there.kind())) {
            throw unclear(one, other)
                    .why("it is on file systems of two kinds: is it mounted on both?")
                    .build();
        }
        try (var first = new Mark(call, one, other);
                var second = new Mark(call, other, one)) {
            first.write();
            second.write();
            return judge(first, second);
        }
    }

    private Sharing judge(Mark first, Mark second) {
        var one = first.isSeen();
        var other = second.isSeen();
        if (!one && !other) {
            return Sharing.NOT_SEEN;
        }
        if (patience.until(() -> (one || first.isSeen()) && (other || second.isSeen()))) {
            return Sharing.SHARED;
        }
        throw unclear(first.writer, first.reader)
                .why((one ? first : second).reader + " sees what " + (one ? first : second).writer
                        + " writes, and not the other way round")
                .build();
    }

    private View view(HostRef host) {
        var boot = hosts.on(host, DirectoryCommands.bootId());
        var look = hosts.on(host, DirectoryCommands.look(paths.folder()));
        var parts = LOOK.matcher(look.result().output().strip());
        if (!boot.succeeded() || !look.succeeded() || !parts.matches()) {
            throw (boot.succeeded() ? look : boot)
                    .failure("it is unknown whether " + Printable.line(paths.folder()) + " is shared", settings);
        }
        return new View(boot.result().output().strip(), parts.group("identity"), parts.group("kind"));
    }

    private Failure.Builder unclear(HostRef one, HostRef other) {
        return Failure.of(
                        FailureKind.ENVIRONMENT,
                        "directory.sharing-unclear",
                        "it is unclear whether " + one + " and " + other + " share " + Printable.line(paths.folder()))
                .next("set 'shared: yes' or 'shared: no' for datastore " + Printable.line(settings.datastore()));
    }

    /** What one host writes for another to see. */
    private final class Mark implements AutoCloseable {
        private final Call call;
        private final HostRef writer;
        private final HostRef reader;
        private final String path;
        private final String content;

        Mark(Call call, HostRef writer, HostRef reader) {
            this.call = call;
            this.writer = writer;
            this.reader = reader;
            this.path = paths.probe(call.token().operation(), bytes(NAME_BYTES));
            this.content = HexFormat.of().formatHex(bytes(CONTENT_BYTES));
        }

        void write() {
            var command = FileCommands.createOnce(call, path, content.getBytes(StandardCharsets.US_ASCII));
            expect(hosts.on(writer, command), "written");
        }

        boolean isSeen() {
            var answer = hosts.on(reader, FileCommands.read(path));
            if (answer.says("absent")) {
                return false;
            }
            expect(answer, "read");
            if (!answer.result().output().equals(content)) {
                throw unclear(writer, reader)
                        .why(reader + " reads something else than " + writer + " wrote")
                        .build();
            }
            return true;
        }

        @Override
        public void close() {
            expect(hosts.on(writer, FileCommands.remove(call, path)), "removed");
        }

        private void expect(HostAnswer answer, String done) {
            if (!answer.succeeded()) {
                throw answer.failure(Printable.line(path) + " can't be " + done, settings);
            }
        }

        private byte[] bytes(int count) {
            var bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        }
    }
}
