package io.berth.transport;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A real block device over a file of the test's. Needs root. */
final class LoopDevice implements AutoCloseable {
    final Path file;
    final String path;

    LoopDevice(Path file, long bytes) throws IOException {
        this.file = file;
        try (var made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(bytes);
        }
        path = Programs.run("losetup", "--find", "--show", file.toString()).strip();
    }

    @Override
    public void close() throws IOException {
        Programs.run("losetup", "--detach", path);
    }
}
