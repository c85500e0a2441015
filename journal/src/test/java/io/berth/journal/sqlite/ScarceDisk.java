package io.berth.journal.sqlite;

import io.berth.core.journal.StepEvent;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.driver.Failure;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** A process whose journal lies on a file system that has little room, or can't be written. */
final class ScarceDisk {
    private static final String LONG_DETAIL = "x".repeat(20_000);

    private ScarceDisk() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "fill" -> fill(folder);
            case "open" -> open(folder);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void open(Path folder) {
        try (var journal = SqliteJournal.open(folder)) {
            System.out.println("opened with " + journal.hosts().size() + " hosts");
        } catch (Failure failure) {
            System.out.println(failure.code() + " " + failure.kind());
        }
    }

    private static void fill(Path folder) throws IOException {
        var operation = new OperationId("operation1");
        try (var journal = SqliteJournal.open(folder)) {
            var lease = journal.acquire(new VmRef(new UUID(1, 1), "vm"), ProcessOwner.current(), operation, 1);
            journal.begin(lease, "suspend", "{}");
            var ballast = Files.write(folder.resolve("ballast"), new byte[100_000]);
            var event = StepEvent.unknown("save", Direction.FORWARD, LONG_DETAIL);
            var written = 0;
            try {
                while (true) {
                    journal.record(lease, List.of(event, event));
                    written += 2;
                }
            } catch (Failure failure) {
                System.out.println(failure.code() + " " + failure.kind());
            }
            System.out.println("lost " + (written - journal.events(operation).size()));
            Files.delete(ballast);
            journal.record(lease, List.of(event));
        }
        try (var journal = SqliteJournal.open(folder)) {
            journal.verify();
            System.out.println("odd " + journal.events(operation).size() % 2);
        }
    }
}
