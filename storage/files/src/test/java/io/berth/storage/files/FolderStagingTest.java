package io.berth.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.StagingFile;
import io.berth.driver.storage.StagingFiles;
import io.berth.storage.hosts.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that memory goes through, on two hosts that share no folder. */
class FolderStagingTest {
    private static final HostRef FIRST = new HostRef("h1");
    private static final HostRef SECOND = new HostRef("h2");
    private static final Call CALL = call("abcdefgh");
    private static final StagingFile FILE = StagingFile.of(CALL.token());
    private static final DataSize SIZE = DataSize.ofMebibytes(16);
    private static final String NAMED = "/datastore of all";

    @TempDir
    Path temporary;

    @TempDir
    Path scratch;

    private StagingFiles files;
    private Path one;
    private Path other;

    private static Call call(String operation) {
        return Call.of(new FencingToken(Records.VM, 1, new OperationId(operation)));
    }

    @BeforeEach
    void makeFolders() throws IOException {
        var hosts = new HelperHosts(NAMED, scratch);
        one = Files.createDirectory(temporary.resolve("one"));
        other = Files.createDirectory(temporary.resolve("other"));
        hosts.mount(FIRST, one);
        hosts.mount(SECOND, other);
        var settings = new FolderSettings("local", NAMED, List.of(FIRST, SECOND), SharedFolder.NO, HostToHost.USUAL);
        files = new FolderDirectories(settings, FolderStorage.hostsOf(settings, hosts), new Patience(1, Duration.ZERO))
                .staging();
    }

    @Test
    void aFileIsPrivateSparseAndOnItsOwnHostAlone() throws IOException {
        var path = files.create(CALL, FIRST, SIZE);

        var made = one.resolve(Path.of(path.path()).getFileName());
        assertThat(made).hasSize(SIZE.bytes());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rw-------");
        assertThat(files.create(CALL, FIRST, SIZE)).isEqualTo(path);
        assertThat(files.find(FILE, FIRST)).contains(path);
        assertThat(files.find(FILE, SECOND)).isEmpty();
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void anOperationRemovesItsOwnFileAndNothingElse() throws IOException {
        var others = call("somebody");
        files.create(CALL, FIRST, SIZE);
        files.create(others, FIRST, SIZE);
        Files.writeString(one.resolve(".berth-staging-abcdefgh"), "not Berth's");
        Files.createDirectory(one.resolve(".berth-staging-abcdefgh.web1"));

        files.remove(CALL, FIRST);
        files.remove(CALL, FIRST);

        assertThat(files.list(FIRST)).containsExactly(StagingFile.of(others.token()));
        assertThat(one.resolve(".berth-staging-abcdefgh")).exists();
        assertThat(one.resolve(".berth-staging-abcdefgh.web1")).exists();
    }

    @Test
    void aFolderThatIsntMountedIsNotOneWithoutFiles() throws IOException {
        Files.delete(other);

        for (var wish : List.<Runnable>of(
                () -> files.list(SECOND), () -> files.create(CALL, SECOND, SIZE), () -> files.remove(CALL, SECOND))) {
            assertThatThrownBy(wish::run)
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo("storage.unreachable"));
        }
    }
}
