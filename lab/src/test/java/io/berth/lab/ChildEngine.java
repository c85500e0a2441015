package io.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Java programs of the tests in processes of their own, with the class path of this one. */
final class ChildEngine {
    private ChildEngine() {}

    static Ran run(Class<?> program, String... words) {
        return Program.run(argv(program, words), Map.of(), new byte[0], Duration.ofMinutes(2));
    }

    /** All that it says is on its standard output. */
    static Process start(Class<?> program, String... words) {
        try {
            return new ProcessBuilder(argv(program, words))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> argv(Class<?> program, String... words) {
        var argv = new ArrayList<String>();
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        argv.add("--enable-native-access=ALL-UNNAMED");
        for (var property : List.of("berth.root", "berth.host-helper", "logback.configurationFile")) {
            var value = System.getProperty(property);
            if (value != null) {
                argv.add("-D" + property + "=" + value);
            }
        }
        argv.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        argv.addAll(List.of(words));
        return argv;
    }
}
