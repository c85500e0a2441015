package io.berth.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.DirectoryAsides;
import io.berth.driver.storage.DirectoryContent;
import io.berth.driver.storage.DiskPlace;
import io.berth.driver.storage.Sharing;
import io.berth.driver.storage.VmDirectories;
import io.berth.driver.storage.VmDirectory;
import io.berth.storage.hosts.Patience;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** VM directories on hosts that share a folder, or don't, or are told old news of it. */
class FolderDirectoriesTest {
    private static final HostRef FIRST = new HostRef("h1");
    private static final HostRef SECOND = new HostRef("h2");
    private static final HostRef THIRD = new HostRef("h3");
    private static final OperationId OPERATION = new OperationId("abcdefgh");
    private static final Call CALL = Call.of(new FencingToken(Records.VM, 1, OPERATION));
    private static final Duration CACHE = Duration.ofSeconds(60);
    private static final String NAMED = "/datastore of all";
    private static final VmDirectory DIRECTORY = new VmDirectory("local", "web1");

    @TempDir
    Path temporary;

    @TempDir
    Path scratch;

    private HelperHosts hosts;
    private Path one;
    private Path other;

    @BeforeEach
    void makeFolders() throws IOException {
        hosts = new HelperHosts(NAMED, scratch);
        one = Files.createDirectory(temporary.toRealPath().resolve("one"));
        other = Files.createDirectory(temporary.toRealPath().resolve("other"));
        hosts.mount(FIRST, one);
        hosts.mount(SECOND, one);
        hosts.mount(THIRD, other);
    }

    private VmDirectories directories(SharedFolder shared) {
        return directories(shared, hosts);
    }

    private static VmDirectories directories(SharedFolder shared, HostTransport transport) {
        var settings = new FolderSettings("local", NAMED, List.of(FIRST, SECOND, THIRD), shared, HostToHost.USUAL);
        return new FolderDirectories(
                settings, FolderStorage.hostsOf(settings, transport), new Patience(3, Duration.ZERO));
    }

    private VmDirectories automatic() {
        return directories(SharedFolder.AUTO);
    }

    private Path vm(Path folder) throws IOException {
        var directory = Files.createDirectory(folder.resolve("web1"));
        Files.writeString(directory.resolve("disk.0"), "content");
        return directory;
    }

    @Test
    void aFolderMayBeSharedForOnePairOfHostsAndNotForAnother() {
        assertThat(automatic().sharing(CALL, FIRST, SECOND)).isEqualTo(Sharing.SHARED);
        assertThat(automatic().sharing(CALL, FIRST, THIRD)).isEqualTo(Sharing.NOT_SEEN);
        assertThat(automatic().sharing(CALL, SECOND, THIRD)).isEqualTo(Sharing.NOT_SEEN);
        assertThat(automatic().sharing(CALL, THIRD, THIRD)).isEqualTo(Sharing.SHARED);
        assertThat(one).isEmptyDirectory();
        assertThat(other).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(SharedFolder.Mode.class)
    void whatTheConfigurationSaysIsNotFoundOut(SharedFolder.Mode mode) {
        var expected = switch (mode) {
            case YES -> Sharing.SHARED;
            case NO -> Sharing.APART;
            case AUTO -> Sharing.NOT_SEEN;
        };
        assertThat(directories(new SharedFolder(mode, CACHE)).sharing(CALL, FIRST, THIRD))
                .isEqualTo(expected);
        assertThat(hosts.commands().isEmpty()).isEqualTo(mode != SharedFolder.Mode.AUTO);
    }

    @Test
    void whatIsKnownOfTwoHostsIsToldWithoutAskingThem() {
        assertThat(directories(SharedFolder.YES).declared(FIRST, THIRD)).contains(Sharing.SHARED);
        assertThat(directories(SharedFolder.NO).declared(FIRST, THIRD)).contains(Sharing.APART);
        assertThat(automatic().declared(FIRST, THIRD)).isEmpty();
        assertThat(automatic().declared(FIRST, FIRST)).contains(Sharing.SHARED);
        assertThat(hosts.commands()).isEmpty();
    }

    @Test
    void whatAProbeThatWasCutShortHasWrittenIsFoundAndRemovedByItsOperation() throws IOException {
        Files.writeString(one.resolve(".berth-probe-abcdefgh.0123456789abcdef"), "content");
        Files.writeString(one.resolve(".berth-probe-somebody.0123456789abcdef"), "content");
        Files.writeString(one.resolve("berth-probe-abcdefgh.0123"), "not Berth's");
        var someone = new OperationId("somebody");

        assertThat(automatic().unfinishedProbes(SECOND)).containsExactlyInAnyOrder(OPERATION, someone);
        assertThat(automatic().unfinishedProbes(THIRD)).isEmpty();
        automatic().clearProbe(CALL, SECOND);

        assertThat(automatic().unfinishedProbes(FIRST)).containsExactly(someone);
        assertThat(one.resolve("berth-probe-abcdefgh.0123")).exists();
        automatic().clearProbe(CALL, FIRST);
    }

    @Test
    void aHostThatDoesNotAnswerSaysNothingAboutSharing() {
        hosts.fail(SECOND);
        assertThat(catchThrowableOfType(Failure.class, () -> automatic().sharing(CALL, FIRST, SECOND))
                        .code())
                .isEqualTo("host.lost");
    }

    @Test
    void aMissingMountSaysNothingAboutSharing() throws IOException {
        hosts.mount(SECOND, temporary.resolve("nowhere"));
        assertThat(catchThrowableOfType(Failure.class, () -> automatic().sharing(CALL, FIRST, SECOND))
                        .code())
                .isEqualTo("storage.unreachable");
        assertThat(one).isEmptyDirectory();
    }

    @Test
    void fileSystemsOfTwoKindsAreUnclear() {
        hosts.mount(SECOND, Path.of("/proc"));
        var failure = catchThrowableOfType(Failure.class, () -> automatic().sharing(CALL, FIRST, SECOND));
        assertThat(failure.code()).isEqualTo("directory.sharing-unclear");
        assertThat(one).isEmptyDirectory();
    }

    @Test
    void whatOnlyOneOfTwoHostsSeesIsUnclear() {
        var stale = new StaleNames(hosts, SECOND, NAMED, CACHE);
        var failure = catchThrowableOfType(
                Failure.class, () -> directories(SharedFolder.AUTO, stale).sharing(CALL, FIRST, SECOND));
        assertThat(failure.code()).isEqualTo("directory.sharing-unclear");
        assertThat(failure.why()).isEqualTo("h1 sees what h2 writes, and not the other way round");
        assertThat(one).isEmptyDirectory();
    }

    @Test
    void aHostThatSeesItLateSeesIt() {
        var stale = new StaleNames(hosts, SECOND, NAMED, CACHE);
        stale.eachCommandTakes(Duration.ofSeconds(7));
        assertThat(directories(SharedFolder.AUTO, stale).sharing(CALL, FIRST, SECOND))
                .isEqualTo(Sharing.SHARED);
    }

    @Test
    void twoHostsWithOldNewsDoNotSeeEachOtherAndLearnLaterThatTheyShare() throws IOException {
        var directory = vm(one);
        var stale = new StaleNames(hosts, SECOND, NAMED, CACHE);
        stale.learn();
        var asides = directories(SharedFolder.AUTO, stale).asides();
        asides.setAside(CALL, DIRECTORY, FIRST);
        assertThat(asides.lookFrom(OPERATION, DIRECTORY, SECOND)).isEqualTo(DirectoryAsides.Look.THERE);
        stale.pass(CACHE.minusSeconds(1));
        assertThat(asides.lookFrom(OPERATION, DIRECTORY, SECOND)).isEqualTo(DirectoryAsides.Look.THERE);
        stale.pass(Duration.ofSeconds(1));
        assertThat(asides.lookFrom(OPERATION, DIRECTORY, SECOND)).isEqualTo(DirectoryAsides.Look.VANISHED);
        asides.restore(CALL, DIRECTORY, FIRST);
        assertThat(directory.resolve("disk.0")).hasContent("content");
    }

    @Test
    void aDirectoryOfItsOwnStaysWhereAnotherIsSetAside() throws IOException {
        vm(one);
        vm(other);
        var asides = automatic().asides();
        asides.setAside(CALL, DIRECTORY, FIRST);
        asides.setAside(CALL, DIRECTORY, FIRST);
        assertThat(asides.state(OPERATION, DIRECTORY, FIRST)).isEqualTo(DirectoryAsides.State.ASIDE);
        assertThat(asides.lookFrom(OPERATION, DIRECTORY, THIRD)).isEqualTo(DirectoryAsides.Look.THERE);
        asides.delete(CALL, DIRECTORY, FIRST);
        asides.delete(CALL, DIRECTORY, FIRST);
        assertThat(asides.state(OPERATION, DIRECTORY, FIRST)).isEqualTo(DirectoryAsides.State.GONE);
        assertThat(one).isEmptyDirectory();
        assertThat(other.resolve("web1/disk.0")).hasContent("content");
    }

    @Test
    void aMountThatIsMissingIsNoDirectoryThatVanished() throws IOException {
        vm(one);
        var asides = automatic().asides();
        asides.setAside(CALL, DIRECTORY, FIRST);
        hosts.mount(SECOND, temporary.resolve("nowhere"));
        var failure = catchThrowableOfType(Failure.class, () -> asides.lookFrom(OPERATION, DIRECTORY, SECOND));
        assertThat(failure.code()).isEqualTo("storage.unreachable");
    }

    @Test
    void whatAnotherOperationHasSetAsideIsLeftAlone() throws IOException {
        vm(one);
        var asides = automatic().asides();
        asides.setAside(CALL, DIRECTORY, FIRST);
        var another = Call.of(new FencingToken(Records.VM, 2, new OperationId("zyxwvuts")));
        asides.delete(another, DIRECTORY, FIRST);
        assertThat(catchThrowableOfType(Failure.class, () -> asides.setAside(another, DIRECTORY, FIRST))
                        .code())
                .isEqualTo("directory.absent");
        assertThat(asides.state(OPERATION, DIRECTORY, FIRST)).isEqualTo(DirectoryAsides.State.ASIDE);
    }

    @Test
    void aPlaceThatIsTakenIsNotGivenBack() throws IOException {
        vm(one);
        var asides = automatic().asides();
        asides.setAside(CALL, DIRECTORY, FIRST);
        Files.writeString(Files.createDirectory(one.resolve("web1")).resolve("new"), "");
        assertThat(asides.state(OPERATION, DIRECTORY, FIRST)).isEqualTo(DirectoryAsides.State.REPLACED);
        assertThat(catchThrowableOfType(Failure.class, () -> asides.restore(CALL, DIRECTORY, FIRST))
                        .code())
                .isEqualTo("directory.occupied");
    }

    @Test
    void deletingFollowsNoLink() throws IOException {
        var directory = vm(one);
        var precious = Files.createDirectory(temporary.resolve("precious"));
        Files.writeString(precious.resolve("file"), "precious");
        Files.createSymbolicLink(directory.resolve("link"), precious);
        Files.createDirectories(directory.resolve("disk.0.snap/deeper"));
        var asides = automatic().asides();
        asides.setAside(CALL, DIRECTORY, FIRST);
        asides.delete(CALL, DIRECTORY, FIRST);
        assertThat(one).isEmptyDirectory();
        assertThat(precious.resolve("file")).hasContent("precious");
    }

    @Test
    void aLinkInADirectorysPlaceIsNotSetAside() throws IOException {
        Files.createSymbolicLink(one.resolve("web1"), other);
        assertThat(catchThrowableOfType(
                        Failure.class, () -> automatic().asides().setAside(CALL, DIRECTORY, FIRST)))
                .isNotNull();
        assertThat(one.resolve("web1")).isSymbolicLink();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web1", "with space", "two\nlines", "$(touch x)", "-rf", "ümläut", "a\\b", ".hidden"})
    void aDirectoryMayBeCalledAnything(String name) throws IOException {
        var directory = new VmDirectory("local", name);
        Files.writeString(Files.createDirectory(one.resolve(name)).resolve("disk.0"), "content");
        assertThat(automatic().place(FIRST, one.resolve(name).resolve("disk.0").toString()))
                .contains(new DiskPlace.Inside(directory, "disk.0"));
        assertThat(automatic().content(FIRST, directory))
                .map(DirectoryContent::files)
                .contains(1L);
        automatic().asides().setAside(CALL, directory, FIRST);
        automatic().asides().delete(CALL, directory, FIRST);
        assertThat(one).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", ".berth-aside-abcdefgh.web1", "\0"})
    void noDirectoryIsCalledSo(String name) {
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> new VmDirectory("local", name)))
                .isNotNull();
    }

    @Test
    void aDisksPlaceIsDecidedByWhereItIsAndNotByHowItsPathReads() throws IOException {
        var disk = vm(one).resolve("disk.0").toString();
        var inside = Optional.of(new DiskPlace.Inside(DIRECTORY, "disk.0"));
        var directories = automatic();
        assertThat(directories.place(FIRST, disk)).isEqualTo(inside);
        assertThat(directories.place(FIRST, one + "/../one/web1/./disk.0")).isEqualTo(inside);
        Files.createSymbolicLink(temporary.resolve("way"), one);
        assertThat(directories.place(FIRST, temporary.toRealPath() + "/way/web1/disk.0"))
                .isEqualTo(inside);
        // A folder whose name begins alike, and one that is only reached through the datastore.
        var alike = Files.createDirectory(one.resolveSibling("one-more"));
        Files.writeString(alike.resolve("disk.0"), "");
        assertThat(directories.place(FIRST, alike.resolve("disk.0").toString())).isEmpty();
        assertThat(directories.place(FIRST, one + "/web1/../../one-more/disk.0"))
                .isEmpty();
        assertThat(directories.place(THIRD, disk)).isEmpty();
    }

    @Test
    void aLinkInADirectoryTellsWhereItLeads() throws IOException {
        var directory = vm(one);
        var image = Files.writeString(temporary.toRealPath().resolve("image"), "");
        Files.createSymbolicLink(directory.resolve("disk.1"), image);
        Files.createSymbolicLink(directory.resolve("disk.2"), Path.of("disk.0"));
        var directories = automatic();
        assertThat(directories.place(FIRST, directory.resolve("disk.1").toString()))
                .contains(new DiskPlace.Linked(DIRECTORY, image.toString()));
        assertThat(directories.place(FIRST, directory.resolve("disk.2").toString()))
                .contains(new DiskPlace.Inside(DIRECTORY, "disk.0"));
        Files.delete(image);
        assertThat(catchThrowableOfType(
                                Failure.class,
                                () -> directories.place(
                                        FIRST, directory.resolve("disk.1").toString()))
                        .code())
                .isEqualTo("disk.absent");
    }

    @Test
    void aDiskInNoDirectoryIsLoose() throws IOException {
        var disk = Files.writeString(one.resolve("disk.0"), "");
        assertThat(automatic().place(FIRST, disk.toString())).contains(new DiskPlace.Loose());
        vm(one);
        automatic().asides().setAside(CALL, DIRECTORY, FIRST);
        var aside = one.resolve(".berth-aside-abcdefgh.web1").resolve("disk.0");
        assertThat(automatic().place(FIRST, aside.toString())).contains(new DiskPlace.Loose());
    }

    @Test
    void contentIsLengthsAndWhatTheyTake() throws IOException {
        var directory = vm(one);
        try (var sparse = new RandomAccessFile(directory.resolve("disk.1").toFile(), "rw")) {
            sparse.setLength(1 << 30);
        }
        var content = automatic().content(FIRST, DIRECTORY).orElseThrow();
        assertThat(content.files()).isEqualTo(2);
        assertThat(content.size().bytes()).isEqualTo((1 << 30) + 7);
        assertThat(content.allocated().bytes()).isLessThan(1 << 20);
        assertThat(automatic().content(THIRD, DIRECTORY)).isEmpty();
        assertThat(automatic().capacity(FIRST).free().bytes()).isPositive();
    }

    @Test
    void aPipeInADirectoryIsRefused() throws Exception {
        var directory = vm(one);
        assertThat(new ProcessBuilder("mkfifo", directory.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        var failure = catchThrowableOfType(Failure.class, () -> automatic().content(FIRST, DIRECTORY));
        assertThat(failure.code()).isEqualTo("directory.special-file");
        assertThat(failure.why()).contains("a pipe");
    }
}
