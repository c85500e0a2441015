package io.berth.server.system;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.engine.remote.DaemonSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The socket in the file system: who may connect is who may open it. */
public final class SocketFile {
    private static final String FOLDER_MODE = "rwxr-x---";

    private SocketFile() {}

    /**
     * Makes room: the folder is there with its permissions, and a socket that a dead daemon left is gone. Under the
     * lock, so that it is nobody's.
     *
     * @param group may enter the folder; empty: the process's own
     * @throws Failure {@code daemon.no-socket} (ENVIRONMENT)
     */
    public static void prepare(DaemonSocket socket, Optional<String> group) {
        if (!socket.fits()) {
            throw Failure.of(FailureKind.ENVIRONMENT, "daemon.no-socket", "the path of the socket is too long")
                    .why(socket.path() + " has more than 107 bytes, the most that a unix socket's can have")
                    .next("use a folder with a shorter name")
                    .build();
        }
        try {
            Files.createDirectories(socket.folder());
            permit(socket.folder(), PosixFilePermissions.fromString(FOLDER_MODE), group);
            Files.deleteIfExists(socket.path());
        } catch (IOException failed) {
            throw failure(socket, failed);
        }
    }

    /**
     * Lets others in. Until then only this user: the folder's umask doesn't matter.
     *
     * @throws Failure {@code daemon.no-socket} (ENVIRONMENT)
     */
    public static void open(DaemonSocket socket, Set<PosixFilePermission> mode, Optional<String> group) {
        try {
            permit(socket.path(), mode, group);
        } catch (IOException failed) {
            throw failure(socket, failed);
        }
    }

    public static void remove(DaemonSocket socket) {
        try {
            Files.deleteIfExists(socket.path());
        } catch (IOException _) {
            // Nobody listens there any more, which is found out by asking.
        }
    }

    private static void permit(Path file, Set<PosixFilePermission> mode, Optional<String> group) throws IOException {
        // By its path: a socket can't be opened, which not to follow links would take. The folder is ours alone.
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (group.isPresent()) {
            view.setGroup(file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group.get()));
        }
        view.setPermissions(mode);
    }

    private static Failure failure(DaemonSocket socket, IOException failed) {
        return Failure.of(FailureKind.ENVIRONMENT, "daemon.no-socket", "the daemon can't listen at " + socket.path())
                .why(failed.toString())
                .next("look at the folder and its permissions, and at daemon.group in the configuration")
                .cause(failed)
                .build();
    }
}
