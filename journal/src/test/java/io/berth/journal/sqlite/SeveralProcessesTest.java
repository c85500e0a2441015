package io.berth.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent;
import io.berth.driver.OperationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that work on the same VMs and are killed at random; the journal keeps its word to each of them. */
final class SeveralProcessesTest {
    private static final int PROCESSES = 3;
    private static final int KILLS = 6;

    @TempDir
    private Path home;

    private final Random random = new Random();
    private final List<Process> alive = new ArrayList<>();
    private List<String> diaries = List.of();

    @BeforeEach
    @Timeout(120)
    void fight() throws IOException, InterruptedException {
        for (var i = 0; i < PROCESSES; i++) {
            alive.add(startReady());
        }
        for (var i = 0; i < KILLS; i++) {
            var victim = alive.removeFirst();
            // The point of this pause is that its end is at random.
            victim.waitFor(Duration.ofMillis(random.nextInt(100)));
            victim.destroyForcibly().waitFor();
            alive.add(startReady());
        }
        Files.createFile(home.resolve("stop"));
        for (var process : alive) {
            assertThat(ChildJvm.output(process)).containsExactly("stopped");
        }
        diaries = readDiaries();
    }

    @AfterEach
    void killTheRest() {
        alive.forEach(Process::destroyForcibly);
    }

    @Test
    void leasesAreExclusiveEpochsRiseAndNothingPromisedIsLost() throws SQLException {
        assertThat(diaries).noneMatch(line -> line.startsWith("violation"));
        assertThat(diaries).filteredOn(line -> line.startsWith("finished")).hasSizeGreaterThan(PROCESSES);

        // Each epoch of a VM was given once.
        var acquired =
                diaries.stream().filter(line -> line.startsWith("acquired")).toList();
        assertThat(acquired).doesNotHaveDuplicates();
        assertThat(count("""
                        SELECT count(*) FROM step_event e JOIN operation o ON o.seq = e.operation
                        WHERE e.epoch < (SELECT max(f.epoch) FROM step_event f JOIN operation p ON p.seq = f.operation
                                         WHERE p.vm = o.vm AND f.seq < e.seq)
                        """))
                .as("events of a lower epoch after one of a higher epoch of the same VM")
                .isZero();
        assertThat(count("""
                        SELECT count(*) FROM step_event e JOIN operation o ON o.seq = e.operation
                        JOIN lease l ON l.vm = o.vm WHERE l.epoch < e.epoch
                        """)).as("events of an epoch that was never given").isZero();
        assertThat(count("SELECT count(*) FROM (SELECT 1 FROM step_event GROUP BY operation HAVING"
                        + " count(DISTINCT epoch) > 1)"))
                .as("operations with events of two epochs")
                .isZero();
        try (var journal = SqliteJournal.open(home.resolve("journal"))) {
            journal.verify();
            diaries.forEach(line -> assertKept(journal, line));
            for (var number = 0; number < Contender.VMS; number++) {
                var next =
                        journal.acquire(Contender.vm(number), ProcessOwner.current(), new OperationId("afterwards"), 1);
                assertThat(next.epoch()).isGreaterThanOrEqualTo(highestEpoch(number) + 1);
            }
        }
    }

    private static void assertKept(SqliteJournal journal, String line) {
        var words = line.split(" ");
        switch (words[0]) {
            case "begun" ->
                assertThat(journal.operation(new OperationId(words[1])))
                        .as(line)
                        .isPresent();
            case "event" ->
                assertThat(journal.events(new OperationId(words[1])))
                        .as(line)
                        .extracting(StepEvent::step)
                        .contains(words[2]);
            case "finished" ->
                assertThat(journal.operation(new OperationId(words[1]))
                                .orElseThrow()
                                .state())
                        .as(line)
                        .isEqualTo(OperationState.SUCCEEDED);
            default -> assertThat(words[0]).isEqualTo("acquired");
        }
    }

    private long highestEpoch(int vm) {
        return diaries.stream()
                .filter(line -> line.startsWith("acquired " + vm + " "))
                .mapToLong(line -> Long.parseLong(line.split(" ")[2]))
                .max()
                .orElse(0);
    }

    private int count(String sql) throws SQLException {
        try (var database = Database.openToRead(home.resolve("journal/journal.db"), Duration.ofSeconds(5))) {
            return database.first(row -> row.getInt(1), sql).orElseThrow();
        }
    }

    private Process startReady() throws IOException {
        var process = ChildJvm.start(List.of(), Contender.class, home.toString());
        assertThat(process.inputReader().readLine()).isEqualTo("ready");
        return process;
    }

    private List<String> readDiaries() throws IOException {
        var lines = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(home, "*.diary")) {
            for (var file : files) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
