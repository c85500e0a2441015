package io.berth.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.journal.Journal;
import io.berth.core.journal.JournalBehaviour;
import io.berth.core.journal.Owner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a journal with this machine's clock and processes can get wrong. */
final class SqliteJournalTest extends JournalBehaviour {
    private final FakeMachine machine = new FakeMachine();

    @TempDir
    private Path home;

    private SqliteJournal journal;
    private SqliteJournal another;

    @BeforeEach
    void openTwice() {
        journal = open();
        another = open();
    }

    @AfterEach
    void closeBoth() {
        journal.close();
        another.close();
    }

    @Override
    protected Journal journal() {
        return journal;
    }

    @Override
    protected Journal seenByAnother() {
        return another;
    }

    @Override
    protected Owner owner(String name) {
        return machine.start(name);
    }

    @Override
    protected void kill(Owner owner) {
        machine.kill(owner);
    }

    @Override
    protected void reboot() {
        machine.reboot();
    }

    @Override
    protected void pass(Duration time) {
        machine.pass(time);
    }

    @Test
    void settingTheWallClockStealsNoLease() {
        acquire("a", FIRST);
        machine.setWallClock(Instant.parse("2036-01-01T00:00:00Z"));

        assertFails("vm.busy", () -> acquire("b", SECOND));
    }

    @Test
    void processThatGotADeadOwnersPidDoesNotKeepTheLease() {
        var dead = owner("a");
        var namesake = new Owner(dead.name(), dead.machine(), dead.pid(), dead.started() - 1);
        journal.acquire(VM, namesake, FIRST, 1);

        assertThat(acquire("b", SECOND).epoch()).isEqualTo(2);
    }

    @Test
    void processIdsOfAnotherContainerSayNothing() {
        var outside = owner("a");
        journal.acquire(VM, outside, FIRST, 1);
        machine.kill(outside);
        machine.enterContainer();

        assertFails("vm.busy", () -> acquire("b", SECOND));
        machine.pass(Duration.ofSeconds(31));
        assertThat(acquire("b", SECOND).epoch()).isEqualTo(2);
    }

    @Test
    void journalClosedAndOpenedAgainHasEverything() {
        begun(FIRST);
        journal.close();
        another.close();
        journal = open();

        assertThat(journal.operation(FIRST)).isPresent();
        assertFails("vm.busy", () -> acquire("b", SECOND));
    }

    @Test
    void closedJournalRefusesWrites() {
        journal.close();

        assertFails("journal.closed", () -> acquire("a", FIRST));
    }

    private SqliteJournal open() {
        return SqliteJournal.open(home.resolve("state/journal"), machine, machine, Duration.ofSeconds(5));
    }
}
