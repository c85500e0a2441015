package io.berth.engine.configuration;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.nio.file.Path;

/** Says what is wrong, and in which line of which file. */
record ConfigurationFile(Path path) {
    Failure trouble(int line, String what, String why, String next) {
        return Failure.of(
                        FailureKind.CALLER,
                        "configuration.bad",
                        Printable.line(path.toString()) + ", line " + line + ": " + Printable.line(what))
                .why(Printable.line(why))
                .next(next)
                .build();
    }
}
