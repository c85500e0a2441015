package io.berth.engine.remote;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;

/**
 * One daemon for each home. The kernel lets the lock go with the process, however that ends; the file stays and has the
 * process id of the last one.
 */
public final class DaemonLock implements AutoCloseable {
    private static final String FILE = "serve.lock";

    private final FileChannel channel;

    private DaemonLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @param folder made if it isn't there
     * @throws Failure {@code daemon.running} (CONFLICT), {@code daemon.no-lock} (ENVIRONMENT)
     */
    public static DaemonLock take(Path folder) {
        var file = folder.resolve(FILE);
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!isTaken(channel)) {
                channel.close();
                throw running(folder, Files.readString(file).strip());
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new DaemonLock(channel);
        } catch (IOException failed) {
            throw Failure.of(FailureKind.ENVIRONMENT, "daemon.no-lock", "the daemon's lock can't be taken")
                    .why(failed + " (" + file + ")")
                    .next("look at the folder and its permissions")
                    .cause(failed)
                    .build();
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false; // by this very process
        }
    }

    /**
     * The process that took the lock last. Whether it lives isn't looked at.
     *
     * @param folder where it was taken
     */
    public static OptionalLong lastHolder(Path folder) {
        try {
            var pid = Files.readString(folder.resolve(FILE)).strip();
            return pid.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(pid)) : OptionalLong.empty();
        } catch (IOException none) {
            return OptionalLong.empty();
        }
    }

    private static Failure running(Path folder, String pid) {
        return Failure.of(FailureKind.CONFLICT, "daemon.running", "a daemon works on " + folder + " already")
                .why("it is process " + pid)
                .next("use that one, or stop it first")
                .build();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // The kernel lets the lock go with the process at the latest.
        }
    }
}
