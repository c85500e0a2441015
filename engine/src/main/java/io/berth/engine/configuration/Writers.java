package io.berth.engine.configuration;

import io.berth.driver.hypervisor.MemoryWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The ways to write memory, as people write them: {@code live-stream}. */
public final class Writers {
    private Writers() {}

    public static List<MemoryWriter> all() {
        return Arrays.asList(MemoryWriter.values());
    }

    public static String word(MemoryWriter writer) {
        return writer.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<MemoryWriter> of(String word) {
        return all().stream().filter(writer -> word(writer).equals(word)).findFirst();
    }
}
