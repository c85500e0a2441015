package io.berth.engine.embedded;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The host helper as it lies beside Berth's jars, built and as source.
 *
 * @param sources folder with {@code src/*.c}
 */
record ShippedHelper(Path binary, Path sources) {
    private static final String FOLDER = "host-helper";
    private static final String PROPERTY = "berth.host-helper";

    /**
     * In {@code lib/host-helper}; the system property {@code berth.host-helper} names another folder.
     *
     * @throws Failure {@code host.no-binary} (ENVIRONMENT)
     */
    static ShippedHelper find() {
        var named = System.getProperty(PROPERTY);
        var folder = named == null ? besideTheJars() : Path.of(named);
        var binary = folder.resolve("berth-host");
        if (!Files.isRegularFile(binary)) {
            throw Failure.of(FailureKind.ENVIRONMENT, "host.no-binary", "Berth's helper isn't here")
                    .why(binary + " is missing")
                    .next("build Berth with bin/build, or install its package again")
                    .build();
        }
        return new ShippedHelper(binary, folder);
    }

    /** Not by the class's code source: a class out of the JVM's AOT cache was seen to have none. */
    private static Path besideTheJars() {
        try {
            var here = Objects.requireNonNull(ShippedHelper.class.getResource("ShippedHelper.class"));
            var place = here.openConnection() instanceof JarURLConnection jar ? jar.getJarFileURL() : here;
            return Path.of(place.toURI()).resolveSibling(FOLDER);
        } catch (IOException | URISyntaxException impossible) {
            throw new IllegalStateException("the jar's own place can't be told", impossible);
        }
    }
}
