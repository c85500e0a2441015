package io.berth.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Which Berth this is. */
public final class Version {
    private Version() {}

    /** {@code 0.1.0}. */
    public static String text() {
        try (InputStream file = Version.class.getResourceAsStream("version")) {
            return file == null ? "unknown" : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
