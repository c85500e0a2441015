package io.berth.lab;

import io.berth.tck.HypervisorWorld;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a guest of the lab prints: five ticks a second. */
final class Console {
    private static final Pattern TICK = Pattern.compile("TICK nonce=([0-9a-f]+) memory=([0-9]+)[^\n]*\n");

    private final Path file;

    private Console(Path file) {
        this.file = file;
    }

    /** @param guest a plain name */
    static Console of(Lab lab, String guest) {
        return new Console(lab.shared().resolve("console").resolve(guest + ".log"));
    }

    /** The emulator appends, so it goes on at the beginning. */
    void clear() {
        try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HypervisorWorld.Pulse last() {
        var last = new HypervisorWorld.Pulse("", 0);
        var ticks = TICK.matcher(text());
        while (ticks.find()) {
            last = new HypervisorWorld.Pulse(ticks.group(1), Long.parseLong(ticks.group(2)));
        }
        return last;
    }

    private String text() {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
