package io.berth.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.berth.core.journal.Journal.HostEntry;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal does with a file that isn't as it should be, and what it leaves on the disk itself. */
final class JournalFileTest {
    private static final int PAGE = 4096;
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final FakeMachine machine = new FakeMachine();

    @TempDir
    private Path home;

    private Path folder;
    private Path file;

    @BeforeEach
    void nameThem() {
        folder = home.resolve("a ?odd%20'name'\n$(x)/journal");
        file = folder.resolve("journal.db");
    }

    @Test
    void folderAndFilesAreTheOwnersAlone() throws IOException {
        try (var journal = open()) {
            put(journal, "h1");
            assertThat(permissions(folder)).isEqualTo("rwx------");
            for (var name : List.of("journal.db", "journal.db-wal", "journal.db-shm")) {
                assertThat(permissions(folder.resolve(name))).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void newJournalIsOpenedByManyAtOnce() throws Exception {
        var start = new CountDownLatch(1);
        try (var callers = Executors.newFixedThreadPool(8)) {
            var opened = new ArrayList<Future<Integer>>();
            for (var i = 0; i < 8; i++) {
                var name = "h" + i;
                opened.add(callers.submit(() -> {
                    start.await();
                    try (var journal = open()) {
                        put(journal, name);
                        return journal.hosts().size();
                    }
                }));
            }
            start.countDown();
            for (var one : opened) {
                assertThat(one.get()).isPositive();
            }
        }
        try (var journal = open()) {
            assertThat(journal.hosts()).hasSize(8);
        }
    }

    @Test
    void whatOthersCouldReadIsClosedAndWhatTheyCouldWriteIsRefused() throws IOException {
        open().close();
        chmod(folder, "rwxr-xr-x");
        chmod(file, "rw-r--r--");
        open().close();
        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(file)).isEqualTo("rw-------");

        chmod(file, "rw-rw----");
        assertFails("journal.unsafe", this::open);
        chmod(file, "rw-------");
        chmod(folder, "rwxrwxrwx");
        assertFails("journal.unsafe", this::open);
    }

    @Test
    void linkInPlaceOfTheFileIsRefused() throws IOException {
        open().close();
        Files.move(file, home.resolve("elsewhere"));
        Files.createSymbolicLink(file, home.resolve("elsewhere"));

        assertFails("journal.unsafe", this::open);
    }

    @Test
    void closingKeepsTheLogSoThatAShortProcessNeedsNoFlushForIt() throws IOException {
        try (var journal = open()) {
            put(journal, "h1");
        }
        assertThat(log()).isNotEmptyFile();
        try (var journal = open()) {
            put(journal, "h2");
        }
        assertThat(log()).isNotEmptyFile();
        try (var journal = open()) {
            assertThat(journal.hosts()).hasSize(2);
        }
    }

    @Test
    void eachCommitIsFlushed() throws SQLException {
        open().close();
        try (var journal = JournalFile.open(file, PATIENCE)) {
            var full = 2;
            assertThat(journal.writer().first(row -> row.getInt(1), "PRAGMA synchronous"))
                    .hasValue(full);
            assertThat(journal.writer().first(row -> row.getString(1), "PRAGMA journal_mode"))
                    .hasValue("wal");
            assertThat(journal.writer().first(row -> row.getInt(1), "PRAGMA foreign_keys"))
                    .hasValue(1);
        }
    }

    @Test
    void logIsCopiedIntoTheDatabaseWhenItHasGrown() throws IOException {
        try (var journal = open()) {
            for (var i = 0; i < 2 * JournalFile.LOG_PAGES; i++) {
                put(journal, "h" + i % 10);
            }
        }

        assertThat(Files.size(log())).isLessThan(2L * JournalFile.LOG_PAGES * PAGE);
    }

    @Test
    void writesThatWaitTogetherShareOneFlush() throws Exception {
        try (var journal = open();
                var blocker = Database.openToWrite(file, PATIENCE)) {
            put(journal, "h0");
            var before = commitsInLog();
            blocker.execute("BEGIN IMMEDIATE");
            var callers = new ArrayList<Thread>();
            for (var i = 0; i < 100; i++) {
                var name = "h" + i;
                callers.add(Thread.ofPlatform().start(() -> put(journal, name)));
            }
            release(blocker, callers);

            assertThat(journal.hosts()).hasSize(100);
            // The first to come is alone.
            assertThat(commitsInLog() - before).isBetween(1, 2);
        }
    }

    @Test
    void writeThatIsRefusedDoesNotTouchThoseItSharesATransactionWith() throws Exception {
        try (var journal = open();
                var blocker = Database.openToWrite(file, PATIENCE)) {
            var vm = new VmRef(new UUID(1, 1), "vm");
            var operation = new OperationId("operation1");
            var lost = journal.acquire(vm, machine.start("a"), operation, 1);
            journal.release(lost);
            blocker.execute("BEGIN IMMEDIATE");
            var refused = new ConcurrentLinkedQueue<String>();
            var callers = new ArrayList<Thread>();
            for (var i = 0; i < 30; i++) {
                var name = "h" + i;
                callers.add(Thread.ofPlatform().start(() -> put(journal, name)));
                callers.add(Thread.ofPlatform().start(() -> {
                    try {
                        journal.begin(lost, "suspend", "{}");
                    } catch (Failure failure) {
                        refused.add(failure.code());
                    }
                }));
            }
            release(blocker, callers);

            assertThat(journal.hosts()).hasSize(30);
            assertThat(refused).hasSize(30).containsOnly("journal.lease-lost");
            assertThat(journal.operation(operation)).isEmpty();
        }
    }

    @Test
    void lockThatIsHeldTooLongIsToldAndNothingIsWritten() throws SQLException {
        try (var journal = open();
                var blocker = Database.openToWrite(file, PATIENCE)) {
            put(journal, "h1");
            blocker.execute("BEGIN IMMEDIATE");
            var impatient = SqliteJournal.open(folder, machine, machine, PATIENCE);
            assertFails("journal.busy", () -> put(impatient, "h2"));
            assertThat(impatient.hosts()).hasSize(1);
            blocker.execute("ROLLBACK");

            put(impatient, "h3");
            impatient.close();
            assertThat(journal.hosts())
                    .extracting(HostEntry::host)
                    .containsExactly(new HostRef("h1"), new HostRef("h3"));
        }
    }

    @Test
    void overwrittenFileIsCorrupt() throws IOException, SQLException {
        open().close();
        emptyTheLog();
        overwrite(file, 0, new byte[100]);

        assertFails("journal.corrupt", this::open);
    }

    @Test
    void overwrittenTableIsCorruptWhereItIsRead() throws IOException, SQLException {
        open().close();
        emptyTheLog();
        for (var page = 1; page < Files.size(file) / PAGE; page++) {
            overwrite(file, (long) page * PAGE, new byte[PAGE / 2]);
        }

        try (var journal = open()) {
            assertFails("journal.corrupt", journal::open);
            assertFails("journal.corrupt", () -> put(journal, "h1"));
            assertFails("journal.corrupt", journal::verify);
        }
    }

    @Test
    void valueThatNobodyWroteIsCorrupt() throws SQLException {
        try (var journal = open();
                var tamperer = Database.openToWrite(file, PATIENCE)) {
            tamperer.execute("INSERT INTO host (name, address, hypervisor) VALUES ('../h1', 'local', 'libvirt')");

            assertFails("journal.corrupt", journal::hosts);
        }
    }

    @Test
    void textFileAndAnotherProgramsDatabaseAreRefused() throws Exception {
        open().close();
        Files.delete(log());
        Files.writeString(file, "not a database\n".repeat(1000));
        assertFails("journal.corrupt", this::open);

        Files.delete(file);
        try (var foreign = Database.openToWrite(file, PATIENCE)) {
            foreign.execute("CREATE TABLE song (title)");
        }
        chmod(file, "rw-------");
        assertFails("journal.corrupt", this::open);
    }

    @Test
    void newerSchemaIsRefusedAndLeftAlone() throws SQLException {
        open().close();
        setVersion(99);
        assertFails("journal.newer", this::open);

        setVersion(1);
        open().close();
    }

    @Test
    void failuresSayWhatToDo() throws IOException, SQLException {
        open().close();
        emptyTheLog();
        overwrite(file, 0, new byte[100]);

        assertThatThrownBy(this::open).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
            assertThat(failure.next()).contains("berth recover --rebuild");
        });
    }

    private SqliteJournal open() {
        return SqliteJournal.open(folder, machine, machine, Duration.ofSeconds(5));
    }

    private Path log() {
        return folder.resolve("journal.db-wal");
    }

    /** Lets go of the lock when all callers wait for it. */
    private static void release(Database blocker, List<Thread> callers) throws SQLException, InterruptedException {
        await().until(() -> callers.stream().allMatch(caller -> caller.getState() == Thread.State.WAITING));
        blocker.execute("ROLLBACK");
        for (var caller : callers) {
            caller.join();
        }
    }

    /** A frame that ends a transaction has the size of the database in its header (sqlite.org/fileformat2.html). */
    private int commitsInLog() throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(log()));
        var commits = 0;
        for (var frame = 32; frame < bytes.limit(); frame += 24 + PAGE) {
            commits += bytes.getInt(frame + 4) == 0 ? 0 : 1;
        }
        return commits;
    }

    private void emptyTheLog() throws SQLException {
        try (var database = Database.openToWrite(file, PATIENCE)) {
            database.first(row -> row.getInt(1), "PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    private void setVersion(int version) throws SQLException {
        try (var database = Database.openToWrite(file, PATIENCE)) {
            database.execute("PRAGMA user_version = " + version);
        }
    }

    private static void put(SqliteJournal journal, String name) {
        journal.putHost(new HostEntry(new HostRef(name), "local", "libvirt"));
    }

    private static void overwrite(Path path, long position, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void chmod(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static void assertFails(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
