package io.berth.storage.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** What strangers and accidents leave in a datastore's folder. */
public final class Litter {
    private Litter() {}

    public static void leaveIn(Path folder) {
        try {
            Files.createDirectories(folder.resolve("berth-folder.img"));
            Files.createDirectories(folder.resolve("lost+found"));
            Files.writeString(folder.resolve("README"), "hands off\n");
            Files.writeString(folder.resolve(".berth-hidden.img"), "x");
            Files.writeString(folder.resolve("two words.img"), "x");
            Files.writeString(folder.resolve("berth-x.img 512 512\nberth-y.img"), "x");
            Files.writeString(folder.resolve("berth-x.img.bak"), "x");
            Files.writeString(folder.resolve("n".repeat(60) + ".img"), "x");
            Files.writeString(folder.resolve("berth-x.g0.complete"), "operation=abcdefgh\ntime=2030-01-01T00:00:00Z\n");
            Files.writeString(
                    folder.resolve("berth-x.g01.complete"), "operation=abcdefgh\ntime=2030-01-01T00:00:00Z\n");
            Files.writeString(folder.resolve("berth-x.g1.finished"), "x");
            Files.writeString(folder.resolve("berth-x.g99999999999.complete"), "x");
            Files.writeString(folder.resolve("my notes.record"), "berth-y.g1.complete 50\noperation=abcdefgh\n");
            Files.writeString(folder.resolve("berth-alone.record"), "a description without a transition\n");
            Files.writeString(folder.resolve("a\nb=c.record"), "");
            Files.write(folder.resolve("aaa.record"), randomBytes(3000));
            Files.writeString(folder.resolve("zzz é.complete"), "no end of line");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void flipOneBit(Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            // 0x80 makes bytes that are no UTF-8 any more: the worst that one bit can do.
            bytes[ThreadLocalRandom.current().nextInt(bytes.length)] ^= (byte) 0x80;
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void cutInHalf(Path file) {
        try {
            var text = Files.readString(file, StandardCharsets.UTF_8);
            Files.writeString(file, text.substring(0, text.length() / 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] randomBytes(int length) {
        var bytes = new byte[length];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }
}
