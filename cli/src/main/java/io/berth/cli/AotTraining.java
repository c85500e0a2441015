package io.berth.cli;

import io.berth.engine.embedded.EmbeddedEngines;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;

/**
 * Runs the command lines of a file, one a line, in this one process: the JVM records an AOT cache from a single
 * process, and the cache has to hold the classes of all commands. Then loads every other class of Berth's: what the
 * command lines don't reach, such as a restore, at least needn't be parsed and verified when it is used.
 *
 * <p>Arguments: a folder with {@code training.txt}, {@code berth.yaml} and {@code stand-ins}; an empty folder to work
 * in. Berth's jars lie in the current folder.
 */
final class AotTraining {
    private AotTraining() {}

    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        var lessons = Path.of(arguments[0]);
        var home = Path.of(arguments[1]);
        Files.createDirectories(home.resolve("store"));
        Files.writeString(
                home.resolve("berth.yaml"), filled(Files.readString(lessons.resolve("berth.yaml")), lessons, home));
        if (Main.needsEngine(List.of(arguments))) {
            EmbeddedEngines.prepare();
        }
        // Told to whoever reads the build's log: a lesson that fails in another way than it should trains less.
        try (var told = new PrintStream(System.out, true, StandardCharsets.UTF_8)) {
            for (var line : Files.readAllLines(lessons.resolve("training.txt"))) {
                if (!line.startsWith("#")) {
                    var words = filled(line, lessons, home).strip().split(" +");
                    told.println(line + " -> " + Main.run(told, told, words));
                }
            }
        }
        loadAll();
    }

    private static String filled(String text, Path lessons, Path home) {
        return text.replace("STAND-INS", lessons.resolve("stand-ins").toString()).replace("HOME", home.toString());
    }

    private static void loadAll() throws IOException, ClassNotFoundException {
        try (var jars = Files.newDirectoryStream(Path.of(""), "berth*.jar")) {
            for (var path : jars) {
                try (var jar = new JarFile(path.toFile())) {
                    for (var name : jar.stream().map(Object::toString).toList()) {
                        if (name.startsWith("io/berth/") && name.endsWith(".class") && !name.endsWith("-info.class")) {
                            Class.forName(
                                    name.substring(0, name.length() - ".class".length()).replace('/', '.'),
                                    false,
                                    AotTraining.class.getClassLoader());
                        }
                    }
                }
            }
        }
    }
}
