package io.berth.cli;

import io.berth.driver.HostRef;
import io.berth.engine.embedded.EmbeddedEngines;
import io.berth.engine.embedded.Instruments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Runs the command lines of a file, one a line, in this one process: the JVM records an AOT cache from a single
 * process, and the cache has to hold the classes of all commands.
 * What else Berth has isn't loaded for the cache's sake: every class in it is mapped at every start.
 *
 * <p>Arguments: a folder with {@code training.txt}, {@code berth.yaml} and {@code stand-ins}; an empty folder to work
 * in; the folder of a daemon to ask.
 */
final class AotTraining {
    private AotTraining() {}

    public static void main(String[] arguments) throws IOException {
        var lessons = Path.of(arguments[0]);
        var home = Path.of(arguments[1]);
        Files.createDirectories(home.resolve("store"));
        Files.writeString(
                home.resolve("berth.yaml"), filled(Files.readString(lessons.resolve("berth.yaml")), lessons, home));
        if (Main.needsEngine(List.of(arguments))) {
            EmbeddedEngines.prepare();
        }
        // Told to whoever reads the build's log: a lesson that fails in another way than it should trains less.
        var told = System.out;
        var hosts = new TrainingHosts(new HostRef("h1"));
        EngineOpener engines = (place, debug) ->
                LoggedEngines.open(place, debug, new Instruments(hosts::before, UnaryOperator.identity()));
        for (var line : Files.readAllLines(lessons.resolve("training.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                var words = filled(line, lessons, home)
                        .replace("DAEMON", arguments[2])
                        .strip()
                        .split(" +");
                told.println(line + " -> " + Main.run(told, told, engines, words));
            }
        }
    }

    private static String filled(String text, Path lessons, Path home) {
        return text.replace("STAND-INS", lessons.resolve("stand-ins").toString())
                .replace("HOME", home.toString());
    }
}
