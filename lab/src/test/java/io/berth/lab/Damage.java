package io.berth.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Spoils files, a little or altogether. */
final class Damage {
    private Damage() {}

    /** In the middle of the file. */
    static void flipOneBit(Path file) {
        flipOneBit(file, file.toFile().length() / 2);
    }

    static void flipOneBit(Path file, long offset) {
        try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.seek(offset);
            var before = opened.read();
            opened.seek(offset);
            opened.write(before ^ 0x10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void cutTo(Path file, long length) {
        try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void removeAll(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
