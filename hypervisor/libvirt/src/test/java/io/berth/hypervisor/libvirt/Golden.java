package io.berth.hypervisor.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/** What real programs said: libvirt 9.0 with QEMU 7.2, a guest under emulation with a name made to hurt. */
public final class Golden {
    static final UUID GUEST = UUID.fromString("0f8b6a0e-5f3c-4d52-9b1a-2c7d6e5f4a3b");
    static final String NAME = "it's a \"guest\" $(x); <&>";

    private Golden() {}

    public static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    static byte[] unpacked(String name) {
        try (var stream = new GZIPInputStream(
                Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + name), name))) {
            return stream.readAllBytes();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static byte[] bytes(String name) {
        try (var stream = Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + name), name)) {
            return stream.readAllBytes();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
