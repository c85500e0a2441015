package io.berth.journal.sqlite;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A folder that only its owner may use. What lies in it decides which commands run as root on hosts, so a folder or file
 * that others could have written is refused, and one that others could read is closed.
 */
record JournalFolder(Path path) {
    private static final Set<PosixFilePermission> PRIVATE_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");

    /**
     * The folder, made if it is missing.
     *
     * @throws Failure {@code journal.unsafe}, {@code journal.read-only}
     */
    static JournalFolder at(Path path) {
        var absolute = path.toAbsolutePath().normalize();
        try {
            return make(absolute);
        } catch (IOException failure) {
            throw SqliteFailures.readOnly(absolute, failure.toString());
        }
    }

    JournalFolder subfolder(String name) throws IOException {
        return make(path.resolve(name));
    }

    /**
     * The file of that name, made empty if it is missing, closed to others.
     *
     * @throws Failure {@code journal.unsafe}, {@code journal.read-only}
     */
    Path file(String name) {
        var file = path.resolve(name);
        try {
            try {
                Files.createFile(file, only(PRIVATE_FILE));
            } catch (FileAlreadyExistsException usual) {
                close(file, PRIVATE_FILE);
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw unsafe(file, "it is no regular file", "move it away");
            }
            if (!Files.isWritable(file) || !Files.isWritable(path)) {
                throw SqliteFailures.readOnly(file, "permissions or the file system forbid it");
            }
            return file;
        } catch (IOException failure) {
            throw SqliteFailures.readOnly(file, failure.toString());
        }
    }

    Path newPrivateFile(String prefix) throws IOException {
        return Files.createTempFile(path, prefix, ".new", only(PRIVATE_FILE));
    }

    /** Whether it is a regular file of this user that nobody else may write. */
    boolean isOnlyOurs(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        return owner(file) == ourselves() && !othersMayWrite(permissions(file));
    }

    private static JournalFolder make(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            var parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent, only(PRIVATE_FOLDER));
            }
            try {
                Files.createDirectory(path, only(PRIVATE_FOLDER));
            } catch (FileAlreadyExistsException raced) {
                if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    throw unsafe(path, "it is no folder", "move it away, or choose another --home");
                }
            }
            if (parent != null) {
                flush(parent);
            }
        }
        close(path, PRIVATE_FOLDER);
        return new JournalFolder(path);
    }

    /** Without this a new folder may be gone after a power failure, with all that was durable in it. */
    private static void flush(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void close(Path path, Set<PosixFilePermission> wanted) throws IOException {
        if (owner(path) != ourselves()) {
            throw unsafe(path, "it belongs to another user", "run Berth as that user, or choose another --home");
        }
        var found = permissions(path);
        if (othersMayWrite(found)) {
            throw unsafe(
                    path,
                    "other users may write it (" + PosixFilePermissions.toString(found) + ")",
                    "make sure that nobody tampered with it, then: chmod go-rwx " + path);
        }
        if (!wanted.containsAll(found)) {
            Files.setPosixFilePermissions(path, wanted);
        }
    }

    private static boolean othersMayWrite(Set<PosixFilePermission> permissions) {
        return permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static Set<PosixFilePermission> permissions(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .permissions();
    }

    private static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** The user this process acts as: its own folder in /proc belongs to him. */
    private static int ourselves() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self/"), "unix:uid");
    }

    private static FileAttribute<Set<PosixFilePermission>> only(Set<PosixFilePermission> permissions) {
        return PosixFilePermissions.asFileAttribute(permissions);
    }

    private static Failure unsafe(Path path, String why, String next) {
        return Failure.of(FailureKind.ENVIRONMENT, "journal.unsafe", path + " isn't safe to use")
                .why(why)
                .next(next)
                .build();
    }
}
