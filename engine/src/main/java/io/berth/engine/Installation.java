package io.berth.engine;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** Where this Berth lies. */
public final class Installation {
    private Installation() {}

    /**
     * The folder of Berth's jars; what else is installed lies around it.
     *
     * @return of a build that wasn't packaged, a folder of classes
     */
    public static Path jars() {
        // Not by the class's code source: a class out of the JVM's AOT cache was seen to have none.
        try {
            var here = Objects.requireNonNull(Installation.class.getResource("Installation.class"));
            var place = here.openConnection() instanceof JarURLConnection jar ? jar.getJarFileURL() : here;
            return Path.of(place.toURI()).resolveSibling("");
        } catch (IOException | URISyntaxException impossible) {
            throw new IllegalStateException("the jar's own place can't be told", impossible);
        }
    }
}
