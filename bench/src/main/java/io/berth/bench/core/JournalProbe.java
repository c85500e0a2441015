package io.berth.bench.core;

import io.berth.bench.stage.MeasuredEngine;
import io.berth.engine.configuration.Home;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process of its own that suspends and resumes a guest and prints the milliseconds in the journal of each suspend:
 * what is loaded into it (a slow fsync) slows nothing else.
 */
final class JournalProbe {
    private JournalProbe() {}

    /** Home, guest, host, rounds. */
    public static void main(String[] arguments) {
        try (var engine = new MeasuredEngine(Home.in(Path.of(arguments[0])))) {
            for (var round = 0; round < Integer.parseInt(arguments[3]); round++) {
                var done = engine.suspend(arguments[1], Optional.empty());
                engine.resume(arguments[1], arguments[2]);
                System.out.println(done.journal() * 1000 + " " + done.journalCalls());
            }
        }
    }
}
