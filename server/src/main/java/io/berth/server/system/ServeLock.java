package io.berth.server.system;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * One daemon for each home. The kernel lets the lock go with the process, however that ends; the file stays and has the
 * process id of the last one.
 */
public final class ServeLock implements AutoCloseable {
    private static final String FILE = "serve.lock";

    private final FileChannel channel;

    private ServeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @param folder made if it isn't there
     * @throws Failure {@code daemon.running} (CONFLICT), {@code daemon.no-lock} (ENVIRONMENT)
     */
    public static ServeLock take(Path folder) {
        var file = folder.resolve(FILE);
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw running(folder, Files.readString(file).strip());
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new ServeLock(channel);
        } catch (IOException | java.nio.channels.OverlappingFileLockException failed) {
            throw Failure.of(FailureKind.ENVIRONMENT, "daemon.no-lock", "the daemon's lock can't be taken")
                    .why(failed + " (" + file + ")")
                    .next("look at the folder and its permissions")
                    .cause(failed)
                    .build();
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
