package io.berth.cli;

import io.berth.cli.output.Terminal;
import io.berth.engine.configuration.Home;
import io.berth.engine.embedded.EmbeddedEngines;
import io.berth.engine.remote.DaemonSocket;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Entry point of the {@code berth} command. */
public final class Main {
    private Main() {}

    /** Runs one command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Whatever a library prints must get into nobody's list, and between no driver's lines.
        System.setOut(System.err);
        var words = List.of(arguments);
        if (needsEngine(words) && !hasDaemon(words, System.getenv())) {
            EmbeddedEngines.prepare();
        }
        // Not System.out: names may hold any character, whatever the locale says.
        var output = stream(FileDescriptor.out, false);
        var code = run(output, stream(FileDescriptor.err, true), arguments);
        if (output.checkError() && code == ExitCode.DONE.number()) {
            code = ExitCode.ENVIRONMENT.number(); // a full disk or a closed pipe: the list isn't whole
        }
        System.exit(code);
    }

    /**
     * Runs one command line without ending the process.
     *
     * @return the exit code
     */
    static int run(PrintStream output, PrintStream errors, String... arguments) {
        return run(output, errors, LoggedEngines::open, arguments);
    }

    /** The same with other engines. */
    static int run(PrintStream output, PrintStream errors, EngineOpener engines, String... arguments) {
        var environment = System.getenv();
        return new Berth(new Surroundings(
                        new FileInputStream(FileDescriptor.in),
                        output,
                        errors,
                        Terminal.ofThisProcess(environment),
                        environment,
                        isRoot(environment),
                        InstantSource.system(),
                        engines,
                        new ProcessInterrupts(),
                        new TerminalConsent(errors)))
                .run(arguments);
    }

    private static PrintStream stream(FileDescriptor descriptor, boolean atOnce) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 8192), atOnce, StandardCharsets.UTF_8);
    }

    /** A guess, which only saves time when it is right. */
    static boolean needsEngine(List<String> arguments) {
        return arguments.size() > 1
                && !MadVerbs.isMeant(arguments)
                && arguments.stream().noneMatch(word -> word.equals("--help") || word.equals("-h"));
    }

    /** A guess too: whether a daemon's socket is there, so that this process will need none of what an engine needs. */
    private static boolean hasDaemon(List<String> arguments, Map<String, String> environment) {
        var option = arguments.indexOf(Specs.HOME);
        var given =
                arguments.stream().skip(option + 1).limit(option < 0 ? 0 : 1).findFirst();
        var home = Home.find(given.map(Path::of), environment, isRoot(environment));
        return Files.exists(DaemonSocket.of(home).path());
    }

    private static boolean isRoot(Map<String, String> environment) {
        return System.getProperty("user.name", "").equals("root") || "0".equals(environment.get("UID"));
    }
}
