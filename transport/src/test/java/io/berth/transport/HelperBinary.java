package io.berth.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The real helper, built once for all tests of this module. */
final class HelperBinary {
    static final Path SOURCES = Path.of(System.getProperty("berth.root", ".."), "host-helper")
            .toAbsolutePath()
            .normalize();

    private static final class Built {
        static final Path PATH = build();
    }

    private HelperBinary() {}

    static Path path() {
        return Built.PATH;
    }

    private static Path build() {
        try {
            var make = new ProcessBuilder("make", "-s", "-C", SOURCES.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!make.waitFor(5, TimeUnit.MINUTES) || make.exitValue() != 0) {
                throw new IllegalStateException("host-helper could not be built");
            }
            return SOURCES.resolve("build/berth-host");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
