package io.berth.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonSocketTest {
    private static final int SOMEBODY = 54321;

    @TempDir
    Path home;

    private DaemonSocket socket;
    private FakeDaemon daemon;

    @BeforeEach
    void listen() throws IOException {
        socket = new DaemonSocket(Files.createDirectory(home.resolve("run")), "s");
        permit("rwxr-x---");
        daemon = FakeDaemon.at(socket.path());
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
    }

    @Test
    void mineIsTrusted() {
        assertThat(socket.isAnswered()).isTrue();
        assertThat(socket.distrust()).isEmpty();
    }

    @Test
    void aSocketOfSomebodyElseIsNot() throws IOException {
        assertDistrusted(distrustOf(socket.path()), "belongs to another user");
    }

    @Test
    void aFolderOfSomebodyElseIsNot() throws IOException {
        assertDistrusted(distrustOf(socket.folder()), "belongs to another user");
    }

    @Test
    void aFolderThatOthersCanWriteToIsNot() throws IOException {
        for (var permissions : new String[] {"rwxrwx---", "rwx----w-", "rwxrwxrwx"}) {
            permit(permissions);
            assertDistrusted(socket.distrust(), "others can write to its folder");
        }
    }

    @Test
    void aSocketThatIsGoneMeanwhileIsNot() throws IOException {
        Files.delete(socket.path());

        assertThat(socket.isAnswered()).isFalse();
        assertDistrusted(socket.distrust(), "it can't be looked at");
    }

    /** Where only root can give a file away it is looked at with somebody else's eyes instead. */
    private Optional<Failure> distrustOf(Path file) throws IOException {
        var me = (int) Files.getAttribute(home, "unix:uid");
        if (me != 0) {
            return socket.distrust(SOMEBODY);
        }
        Files.setAttribute(file, "unix:uid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
        return socket.distrust();
    }

    private static void assertDistrusted(Optional<Failure> distrust, String why) {
        assertThat(distrust).hasValueSatisfying(failure -> {
            assertThat(failure.code()).isEqualTo("daemon.untrusted");
            assertThat(failure.why()).contains(why);
        });
    }

    private void permit(String permissions) throws IOException {
        Files.setPosixFilePermissions(socket.folder(), PosixFilePermissions.fromString(permissions));
    }
}
