package io.berth.journal.sqlite;

import io.berth.driver.Failure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * The open file: one connection to write, one to read.
 *
 * <p>Each commit is one flush of the write-ahead log. SQLite would copy that log into the database when its last
 * connection is closed, which is two flushes and the removal of a file in every short-lived process. It can't do that
 * through a connection that may only read, so the reading one is closed last and the log stays, as durable as it was:
 * the next process reads it, and whoever's commit makes it longer than {@value #LOG_PAGES} pages copies it.
 */
record JournalFile(Path path, Database writer, Database reader) implements AutoCloseable {
    /** 2 MiB: copied (three flushes) in about every eighth suspend, read back in a few milliseconds at a start. */
    static final int LOG_PAGES = 500;

    private static final Duration RETRY = Duration.ofMillis(3);

    /** @throws Failure as {@link SqliteJournal#open(Path)} */
    static JournalFile open(Path path, Duration patience) {
        try {
            var writer = Database.openToWrite(path, patience);
            try {
                useWriteAheadLog(writer, patience);
                writer.execute("PRAGMA wal_autocheckpoint = " + LOG_PAGES);
                Schema.migrate(writer, path);
                return new JournalFile(path, writer, openReader(path, patience));
            } catch (SQLException | Failure failure) {
                writer.close();
                throw failure;
            }
        } catch (SQLException failure) {
            throw SqliteFailures.translate(failure, path);
        }
    }

    private static Database openReader(Path path, Duration patience) throws SQLException {
        var reader = Database.openToRead(path, patience);
        // The lock on the file that keeps the log comes with the first look into it.
        reader.query(row -> row.getInt(1), "PRAGMA user_version");
        return reader;
    }

    /** The change, needed once in a file's life, is refused at once while another process has it open. */
    private static void useWriteAheadLog(Database database, Duration patience) throws SQLException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                var mode = database.first(row -> row.getString(1), "PRAGMA journal_mode = WAL")
                        .orElse("none");
                if (!mode.toLowerCase(Locale.ROOT).equals("wal")) {
                    throw new SQLException("the file system can't hold a write-ahead log: journal_mode " + mode);
                }
                return;
            } catch (SQLException failure) {
                if (!SqliteFailures.isBusy(failure) || System.nanoTime() - deadline > 0) {
                    throw failure;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    @Override
    public void close() {
        try (reader) {
            writer.close();
        } catch (SQLException failure) {
            throw SqliteFailures.translate(failure, path);
        }
    }
}
