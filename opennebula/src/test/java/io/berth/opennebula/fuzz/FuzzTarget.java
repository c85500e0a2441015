package io.berth.opennebula.fuzz;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A class that hands bytes to a reader and throws when the reader does what it mustn't, in the form that Jazzer knows: its
 * name ends in {@code Fuzz}, and {@code fuzzerTestOneInput(byte[])} is its public static method.
 *
 * @param name of the class, without its package
 * @param seeds inputs that are kept, {@code src/test/resources/fuzz/NAME/}
 */
record FuzzTarget(String name, MethodHandle method, List<byte[]> seeds) {
    private static final String SUFFIX = "Fuzz.class";
    private static final Path SEEDS = Path.of(System.getProperty("berth.root"), "opennebula/src/test/resources/fuzz");

    /** All of this module. */
    static List<FuzzTarget> all() throws IOException {
        var classes = Path.of(location());
        try (var files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(file -> classes.relativize(file)
                            .toString()
                            .replace(".class", "")
                            .replace('/', '.'))
                    .map(FuzzTarget::of)
                    .toList();
        }
    }

    private static URI location() {
        try {
            return FuzzTarget.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static FuzzTarget of(String className) {
        try {
            var type = Class.forName(className);
            var method = MethodHandles.publicLookup()
                    .findStatic(type, "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));
            return new FuzzTarget(type.getSimpleName(), method, seeds(type.getSimpleName()));
        } catch (ReflectiveOperationException | IOException wrong) {
            throw new AssertionError(className + " is no target", wrong);
        }
    }

    private static List<byte[]> seeds(String name) throws IOException {
        var seeds = new ArrayList<byte[]>();
        try (var files = Files.list(SEEDS.resolve(name))) {
            for (var file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }

    /** Throws whatever the target throws. */
    void run(byte[] input) throws Throwable {
        method.invokeExact(input);
    }

    @Override
    public String toString() {
        return name;
    }
}
