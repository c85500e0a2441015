package io.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.cli.output.Terminal;
import io.berth.engine.testkit.FakeEngine;
import io.berth.engine.testkit.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Runs command lines in this process, on a fake engine. */
final class CommandLineFixture {
    final FakeEngine engine = new FakeEngine();
    final FakeConsent consent = new FakeConsent();
    final FakeInterrupts interrupts = new FakeInterrupts();
    final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/somebody"));
    Terminal terminal = Terminal.NONE;
    Path openedHome = Path.of("/never/opened");
    String input = "";

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    int run(String... arguments) {
        output.reset();
        errors.reset();
        var surroundings = new Surroundings(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(output, true, UTF_8),
                new PrintStream(errors, true, UTF_8),
                terminal,
                environment,
                false,
                () -> Samples.NOW,
                (home, debug) -> {
                    openedHome = home.state();
                    return engine;
                },
                interrupts,
                consent);
        return new Berth(surroundings).run(arguments);
    }

    String output() {
        return output.toString(UTF_8);
    }

    String errors() {
        return errors.toString(UTF_8);
    }
}
