package io.berth.journal.sqlite;

import io.berth.core.journal.Journal;
import io.berth.core.journal.Lease;
import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.Owner;
import io.berth.core.journal.StepEvent;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The journal of one machine, in one SQLite file. Thread-safe, and safe with other processes that have it open.
 *
 * <p>Each writing method is one durable transaction; methods called at the same time share one flush. Beside the codes
 * of {@link Journal} its methods throw {@code journal.io}: the disk failed. Its kind is UNKNOWN_OUTCOME when that
 * happened during a commit; every later write of this instance is refused then, as ENVIRONMENT.
 */
public final class SqliteJournal implements Journal {
    private static final String FILE_NAME = "journal.db";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final JournalFile file;
    private final CommitQueue commits;
    private final ReentrantLock reading = new ReentrantLock();
    private final Leases leases;
    private final Operations operations;

    private SqliteJournal(JournalFile file, Machine machine, InstantSource clock) {
        this.file = file;
        this.commits = new CommitQueue(file.writer(), file.path());
        this.leases = new Leases(machine);
        this.operations = new Operations(clock);
    }

    /** Loads what {@link #open(Path)} needs of the driver, whatever the folder is. May be left out; thread-safe. */
    public static void prepare() {
        Database.prepare();
    }

    /**
     * Opens the journal in the folder, on this machine; makes both if they are missing. Waits up to 10 s for the locks
     * of other processes, here and in each method; {@code journal.busy} after that.
     *
     * @throws Failure {@code journal.newer} when a newer Berth has written it, {@code journal.corrupt} when it is
     *     damaged or something else, {@code journal.read-only}, {@code journal.full}, {@code journal.busy}, {@code
     *     journal.unsafe} when it isn't this user's alone (all ENVIRONMENT)
     */
    public static SqliteJournal open(Path folder) {
        return open(folder, new LinuxMachine(), InstantSource.system(), PATIENCE);
    }

    /** @param patience how long to wait for the locks of other processes, 1 ms to 24 days */
    public static SqliteJournal open(Path folder, Machine machine, InstantSource clock, Duration patience) {
        var safeFolder = JournalFolder.at(folder);
        var path = safeFolder.file(FILE_NAME);
        NativeLibrary.provideIn(safeFolder);
        return new SqliteJournal(JournalFile.open(path, patience), machine, clock);
    }

    /**
     * Looks through the whole file, which takes about a second for each 100 MiB: for recovery. What is read otherwise
     * is checked only where it would confuse SQLite.
     *
     * @throws Failure {@code journal.corrupt}
     */
    public void verify() {
        var findings = read(database -> database.query(row -> row.getString(1), "PRAGMA integrity_check(3)"));
        if (!findings.equals(List.of("ok"))) {
            throw SqliteFailures.corrupt(file.path(), String.join("; ", findings));
        }
    }

    @Override
    public Condition examine() {
        verify();
        write(Hosts::tryWriting);
        var there = file.path().toFile();
        return new Condition(new DataSize(there.length()), new DataSize(there.getUsableSpace()));
    }

    @Override
    public Lease acquire(VmRef vm, Owner owner, OperationId operation, long atLeast) {
        return commits.commit(database -> leases.acquire(database, vm, owner, operation, atLeast));
    }

    @Override
    public void renew(Lease lease) {
        write(database -> leases.renew(database, lease));
    }

    @Override
    public void release(Lease lease) {
        write(database -> leases.release(database, lease));
    }

    @Override
    public void begin(Lease lease, String kind, String plan) {
        write(database -> {
            leases.check(database, lease);
            operations.begin(database, lease, kind, plan);
        });
    }

    @Override
    public void record(Lease lease, List<StepEvent> events) {
        write(database -> {
            leases.check(database, lease);
            operations.append(database, lease, events);
        });
    }

    @Override
    public void finish(Lease lease, List<StepEvent> events, OperationState state, String message) {
        if (state == OperationState.ACTIVE) {
            throw new IllegalArgumentException("an operation can't end as ACTIVE");
        }
        write(database -> {
            leases.check(database, lease);
            operations.append(database, lease, events);
            operations.settle(database, lease, state, message);
            leases.release(database, lease);
        });
    }

    @Override
    public Optional<OperationEntry> operation(OperationId id) {
        return read(database -> operations.find(database, id));
    }

    @Override
    public List<OperationEntry> open() {
        return read(operations::open);
    }

    @Override
    public List<OperationEntry> open(UUID vm) {
        return read(database -> operations.open(database, vm));
    }

    @Override
    public List<OperationEntry> history(Optional<UUID> vm, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("a limit isn't negative: " + limit);
        }
        return read(database ->
                vm.isPresent() ? operations.history(database, vm.get(), limit) : operations.history(database, limit));
    }

    @Override
    public List<StepEvent> events(OperationId id) {
        return read(database -> operations.events(database, id));
    }

    @Override
    public Optional<Lease> lease(UUID vm) {
        return read(database -> leases.find(database, vm));
    }

    @Override
    public List<HostEntry> hosts() {
        return read(Hosts::all);
    }

    @Override
    public void putHost(HostEntry host) {
        write(database -> Hosts.put(database, host));
    }

    @Override
    public void removeHost(HostRef host) {
        write(database -> Hosts.remove(database, host));
    }

    @Override
    public void close() {
        commits.close();
        reading.lock();
        try {
            file.close();
        } finally {
            reading.unlock();
        }
    }

    private void write(Change change) {
        commits.commit(database -> {
            change.in(database);
            return true;
        });
    }

    private <T> T read(Write.Work<T> query) {
        reading.lock();
        try {
            return query.in(file.reader());
        } catch (SQLException failure) {
            throw SqliteFailures.translate(failure, file.path());
        } finally {
            reading.unlock();
        }
    }

    /** A write without a result. */
    private interface Change {
        void in(Database database) throws SQLException;
    }
}
