package io.berth.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.DirectoryCopies;
import io.berth.driver.storage.DirectoryCopies.State;
import io.berth.driver.storage.VmDirectory;
import io.berth.storage.hosts.Patience;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories that go from one folder of this machine to another with the real helper at both ends. Needs root. */
@Timeout(120)
class FolderCopiesTest {
    private static final HostRef FROM = new HostRef("h1");
    private static final HostRef TO = new HostRef("h2");
    private static final OperationId OPERATION = new OperationId("abcdefgh");
    private static final Call CALL = Call.of(new FencingToken(Records.VM, 1, OPERATION));
    private static final String NAMED = "/datastore of all";
    private static final VmDirectory DIRECTORY = new VmDirectory("local", "web1");
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path temporary;

    @TempDir
    Path scratch;

    private HelperHosts hosts;
    private Path from;
    private Path to;
    private Path source;

    @BeforeEach
    void makeFolders() throws IOException {
        hosts = new HelperHosts(NAMED, scratch);
        from = Files.createDirectory(temporary.toRealPath().resolve("from"));
        to = Files.createDirectory(temporary.toRealPath().resolve("to"));
        source = Files.createDirectory(from.resolve("web1"));
        hosts.mount(FROM, from);
        hosts.mount(TO, to);
    }

    private DirectoryCopies copies() {
        var settings = new FolderSettings("local", NAMED, List.of(FROM, TO), SharedFolder.AUTO, HostToHost.USUAL);
        return new FolderDirectories(settings, FolderStorage.hostsOf(settings, hosts), new Patience(1, Duration.ZERO))
                .copies();
    }

    private State state() {
        return copies().state(OPERATION, DIRECTORY, TO);
    }

    private Failure refusal() {
        var failure = catchThrowableOfType(Failure.class, () -> copies().copy(CALL, DIRECTORY, FROM, TO, Set.of()));
        assertThat(failure).isNotNull();
        assertThat(to.resolve("web1")).doesNotExist();
        return failure;
    }

    private Path random(String name, int bytes) throws IOException {
        var content = new byte[bytes];
        new Random(name.hashCode()).nextBytes(content);
        return Files.write(source.resolve(name), content);
    }

    /** Every name with what it is; files by content. */
    private static Map<String, String> tree(Path root) throws IOException {
        var found = new TreeMap<String, String>();
        try (var all = Files.walk(root)) {
            for (var path : all.toList()) {
                var about = Files.readAttributes(
                        path, "unix:mode,uid,gid,lastModifiedTime,nlink", LinkOption.NOFOLLOW_LINKS);
                var kind = Files.isSymbolicLink(path)
                        ? "-> " + Files.readSymbolicLink(path)
                        : Files.isDirectory(path) ? "folder" : digest(path) + about.get("nlink");
                found.put(
                        root.relativize(path).toString(),
                        kind + " " + about.get("mode") + " " + about.get("uid") + ":" + about.get("gid") + " "
                                + about.get("lastModifiedTime"));
            }
        }
        return found;
    }

    private static String digest(Path file) throws IOException {
        return Arrays.hashCode(Files.readAllBytes(file)) + " x";
    }

    @Test
    void aDirectoryArrivesWithEverythingThatIsInIt() throws Exception {
        random("disk.0", 5 * MEBIBYTE + 17);
        random("empty", 0);
        Files.createDirectories(source.resolve("snap shots/$(touch x)"));
        Files.writeString(source.resolve("snap shots/-rf"), "dashes");
        Files.writeString(source.resolve("two\nlines"), "newline");
        Files.writeString(source.resolve("ümläut"), "letters");
        Files.createSymbolicLink(source.resolve("out"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(source.resolve("up"), Path.of("../../.."));
        Files.createSymbolicLink(source.resolve("dangling"), Path.of("nowhere"));
        Files.createLink(source.resolve("snap shots/same"), source.resolve("disk.0"));
        Files.setPosixFilePermissions(source.resolve("disk.0"), PosixFilePermissions.fromString("r--r-----"));
        Files.setAttribute(source.resolve("disk.0"), "unix:uid", 123);
        Files.setAttribute(source.resolve("disk.0"), "unix:gid", 456);
        Files.setLastModifiedTime(source.resolve("empty"), FileTime.from(Instant.parse("2001-02-03T04:05:06.7Z")));
        Files.setLastModifiedTime(source.resolve("snap shots"), FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rwxr-x--x"));
        var expected = tree(source);

        copies().copy(CALL, DIRECTORY, FROM, TO, Set.of());
        assertThat(state()).isEqualTo(State.WHOLE);
        assertThat(to.resolve("web1")).doesNotExist();
        copies().place(CALL, DIRECTORY, TO);
        assertThat(state()).isEqualTo(State.PLACED);
        assertThat(tree(to.resolve("web1"))).isEqualTo(expected);
        copies().forget(CALL, DIRECTORY, TO);
        assertThat(state()).isEqualTo(State.NONE);
        assertThat(to.toFile().list()).containsExactly("web1");
        assertThat(tree(source)).isEqualTo(expected);
    }

    @Test
    void holesStayHolesAndZeroesBecomeHoles() throws Exception {
        try (var disk = new RandomAccessFile(source.resolve("disk.0").toFile(), "rw")) {
            disk.setLength(1L << 32);
            disk.seek(1L << 30);
            disk.write(new byte[8 * MEBIBYTE]);
            disk.seek(3L << 30);
            disk.write("data".getBytes(StandardCharsets.US_ASCII));
        }
        copies().copy(CALL, DIRECTORY, FROM, TO, Set.of());
        copies().place(CALL, DIRECTORY, TO);
        var copy = to.resolve("web1/disk.0");
        assertThat(copy).hasSize(1L << 32);
        assertThat(hosts.sent()).isLessThan(MEBIBYTE);
        try (var disk = new RandomAccessFile(copy.toFile(), "r")) {
            var bytes = new byte[4];
            disk.seek(3L << 30);
            disk.readFully(bytes);
            assertThat(bytes).asString(StandardCharsets.US_ASCII).isEqualTo("data");
        }
        var blocks = new ProcessBuilder("stat", "--format=%b", copy.toString()).start();
        var shown = new String(blocks.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(Long.parseLong(shown.strip()) * 512).isLessThan(MEBIBYTE);
    }

    @Test
    void ofAHollowFileOnlyTheLengthGoesAlong() throws Exception {
        random("disk.0", 3 * MEBIBYTE + 5);
        Files.createDirectory(source.resolve("two\nlines"));
        random("two\nlines/disk.0", 2 * MEBIBYTE);
        random("context.iso", 1000);

        copies().copy(CALL, DIRECTORY, FROM, TO, Set.of("disk.0", "two\nlines/disk.0"));
        copies().place(CALL, DIRECTORY, TO);

        assertThat(to.resolve("web1/disk.0")).hasBinaryContent(new byte[3 * MEBIBYTE + 5]);
        assertThat(to.resolve("web1/two\nlines/disk.0")).hasBinaryContent(new byte[2 * MEBIBYTE]);
        assertThat(to.resolve("web1/context.iso")).hasSameBinaryContentAs(source.resolve("context.iso"));
        assertThat(hosts.sent()).isLessThan(MEBIBYTE);
    }

    @Test
    void somebodyMayBeAtWorkOnAHollowFile() throws Exception {
        var disk = random("disk.0", MEBIBYTE);
        var writer = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                write(disk);
            }
        });
        writer.start();
        try {
            copies().copy(CALL, DIRECTORY, FROM, TO, Set.of("disk.0"));
        } finally {
            writer.interrupt();
            writer.join();
        }

        assertThat(state()).isEqualTo(State.WHOLE);
    }

    private static void write(Path disk) {
        try (var file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.write(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatWasCutGoesOnWhereItsVerifiedDataEnds() throws Exception {
        random("disk.0", 24 * MEBIBYTE);
        random("disk.1", 24 * MEBIBYTE);
        hosts.onTheNextWay("stdbuf -o0 head -c " + 40 * MEBIBYTE);
        copies().copy(CALL, DIRECTORY, FROM, TO, Set.of());
        assertThat(hosts.sent()).isBetween(8L * MEBIBYTE, 17L * MEBIBYTE);
        copies().place(CALL, DIRECTORY, TO);
        assertThat(tree(to.resolve("web1"))).isEqualTo(tree(source));
    }

    @Test
    void whatAnEarlierAttemptLeftIsNotTrusted() throws Exception {
        random("disk.0", 12 * MEBIBYTE);
        random("disk.1", MEBIBYTE);
        hosts.onTheNextWay("stdbuf -o0 head -c " + 8 * MEBIBYTE);
        hosts.onTheNextWay("stdbuf -o0 head -c 100");
        hosts.onTheNextWay("stdbuf -o0 head -c 100");
        hosts.onTheNextWay("stdbuf -o0 head -c 100");
        assertThat(refusal().code()).isEqualTo("directory.cut");
        assertThat(state()).isEqualTo(State.PARTIAL);
        try (var left = new RandomAccessFile(
                to.resolve(".berth-copy-abcdefgh.web1/tree/disk.0").toFile(), "rw")) {
            left.seek(5 * MEBIBYTE);
            left.write(left.read() ^ 1);
        }
        copies().copy(CALL, DIRECTORY, FROM, TO, Set.of());
        copies().place(CALL, DIRECTORY, TO);
        assertThat(tree(to.resolve("web1"))).isEqualTo(tree(source));
    }

    @Test
    void aDisturbedByteOnTheWayIsNoticed() throws Exception {
        random("disk.0", 8 * MEBIBYTE);
        hosts.onTheNextWay("(stdbuf -o0 head -c 3000000; head -c 1 >/dev/null; printf X; cat)");
        var failure = refusal();
        assertThat(failure.why() + failure.output()).contains("what came isn't what was sent");
        assertThat(state()).isEqualTo(State.PARTIAL);
    }

    @Test
    void aHostThatCanNotBeReachedIsSaidSo() throws Exception {
        random("disk.0", 1000);
        hosts.onTheNextWay("false");
        hosts.onTheNextWay("false");
        hosts.onTheNextWay("false");
        var failure = refusal();
        assertThat(failure.code()).isEqualTo("directory.cut");
        assertThat(failure.next()).contains("ssh h2");
    }

    @Test
    void nothingIsPutOverADirectoryThatIsThere() throws Exception {
        random("disk.0", 1000);
        Files.writeString(Files.createDirectory(to.resolve("web1")).resolve("disk.0"), "another's");
        var failure = catchThrowableOfType(Failure.class, () -> copies().copy(CALL, DIRECTORY, FROM, TO, Set.of()));
        assertThat(failure.code()).isEqualTo("directory.occupied");
        copies().drop(CALL, DIRECTORY, TO);
        assertThat(to.resolve("web1/disk.0")).hasContent("another's");
        assertThat(to.toFile().list()).containsExactly("web1");
    }

    @Test
    void aDirectoryThatAppearsMeanwhileKeepsItsPlace() throws Exception {
        random("disk.0", 1000);
        copies().copy(CALL, DIRECTORY, FROM, TO, Set.of());
        Files.writeString(Files.createDirectory(to.resolve("web1")).resolve("disk.0"), "another's");
        assertThat(catchThrowableOfType(Failure.class, () -> copies().place(CALL, DIRECTORY, TO))
                        .code())
                .isEqualTo("directory.occupied");
        copies().drop(CALL, DIRECTORY, TO);
        assertThat(to.resolve("web1/disk.0")).hasContent("another's");
        assertThat(to.toFile().list()).containsExactly("web1");
    }

    @Test
    void hostsThatShareTheFolderAfterAllLoseNothing() throws Exception {
        random("disk.0", 1000);
        var expected = tree(source);
        hosts.mount(TO, from);
        var failure = catchThrowableOfType(Failure.class, () -> copies().copy(CALL, DIRECTORY, FROM, TO, Set.of()));
        assertThat(failure.code()).isEqualTo("directory.occupied");
        copies().drop(CALL, DIRECTORY, TO);
        assertThat(tree(source)).isEqualTo(expected);
        assertThat(from.toFile().list()).containsExactly("web1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCopyIsTakenAwayAgainAlsoFromItsPlace(boolean placed) throws Exception {
        random("disk.0", 1000);
        copies().drop(CALL, DIRECTORY, TO);
        copies().copy(CALL, DIRECTORY, FROM, TO, Set.of());
        if (placed) {
            copies().place(CALL, DIRECTORY, TO);
            copies().place(CALL, DIRECTORY, TO);
        }
        copies().copy(CALL, DIRECTORY, FROM, TO, Set.of());
        copies().drop(CALL, DIRECTORY, TO);
        copies().drop(CALL, DIRECTORY, TO);
        assertThat(state()).isEqualTo(State.NONE);
        assertThat(to).isEmptyDirectory();
    }

    @Test
    void aCopyWithoutItsPlaceIsNotForgotten() throws Exception {
        random("disk.0", 1000);
        copies().copy(CALL, DIRECTORY, FROM, TO, Set.of());
        assertThat(catchThrowableOfType(Failure.class, () -> copies().forget(CALL, DIRECTORY, TO)))
                .isNotNull();
        assertThat(state()).isEqualTo(State.WHOLE);
    }

    @Test
    void theOtherHostsGuardRefusesAnOlderEpoch() throws Exception {
        random("disk.0", 1000);
        var newer = Call.of(new FencingToken(Records.VM, 2, new OperationId("zyxwvuts")));
        copies().copy(newer, DIRECTORY, FROM, TO, Set.of());
        var failure = refusal();
        assertThat(failure.code()).isEqualTo("directory.in-use");
        assertThat(failure.why()).contains("epoch 2");
    }

    @Test
    void aFullDestinationSaysSoBeforeAnythingIsSent() throws Exception {
        random("disk.0", 8 * MEBIBYTE);
        run("mount", "-t", "tmpfs", "-o", "size=4m", "none", to.toString());
        try {
            var failure = refusal();
            assertThat(failure.code()).isEqualTo("storage.no-space");
            assertThat(hosts.sent()).isLessThan(MEBIBYTE);
            copies().drop(CALL, DIRECTORY, TO);
            assertThat(to).isEmptyDirectory();
        } finally {
            run("umount", to.toString());
        }
    }

    @Test
    void aSocketInADirectoryIsRefused() throws Exception {
        run("mkfifo", source.resolve("pipe").toString());
        assertThat(refusal().code()).isEqualTo("directory.special-file");
    }

    @Test
    void aMountInADirectoryIsRefused() throws Exception {
        var mount = Files.createDirectory(source.resolve("mount"));
        run("mount", "-t", "tmpfs", "-o", "size=64k", "none", mount.toString());
        try {
            assertThat(refusal().code()).isEqualTo("directory.in-use");
        } finally {
            run("umount", mount.toString());
        }
    }

    @Test
    void aDirectoryIsCalledAnything() throws Exception {
        for (var name : List.of("with space", "two\nlines", "$(touch x)", "-rf", "ümläut")) {
            var directory = new VmDirectory("local", name);
            Files.writeString(Files.createDirectory(from.resolve(name)).resolve("disk.0"), name);
            copies().copy(CALL, directory, FROM, TO, Set.of());
            copies().place(CALL, directory, TO);
            copies().forget(CALL, directory, TO);
            assertThat(to.resolve(name).resolve("disk.0")).hasContent(name);
        }
        assertThat(to.toFile().list()).hasSize(5);
    }

    @Test
    void progressIsToldInBytes() throws Exception {
        random("disk.0", 8 * MEBIBYTE);
        var last = new AtomicLong();
        copies().copy(CALL.with((done, all) -> last.set(done.bytes())), DIRECTORY, FROM, TO, Set.of());
        assertThat(last.get()).isEqualTo(8 * MEBIBYTE);
    }

    private static void run(String... argv) throws Exception {
        assertThat(new ProcessBuilder(argv).inheritIO().start().waitFor()).isZero();
    }
}
