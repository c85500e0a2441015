package io.berth.opennebula.message;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** UUIDs in what the core says. */
public final class UuidText {
    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private UuidText() {}

    /** Empty when it is something else: the core keeps whatever a driver has said. */
    public static Optional<UUID> parse(String text) {
        var word = text.strip();
        return FORM.matcher(word).matches() ? Optional.of(UUID.fromString(word)) : Optional.empty();
    }
}
