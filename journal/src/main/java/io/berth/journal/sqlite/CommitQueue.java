package io.berth.journal.sqlite;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: one thread writes, and all who come while a transaction is being flushed share the next one. Each
 * caller waits until what it wrote is durable. What one write in a transaction is refused for doesn't touch the others.
 *
 * <p>Thread-safe. Waiting can't be interrupted: a caller that left would not know whether its write was done.
 */
final class CommitQueue implements AutoCloseable {
    /** Bounds how long the first one waits for the others, and how much a transaction writes. */
    private static final int TOGETHER = 256;

    private final Database database;
    private final Path file;
    private final BlockingQueue<Write<?>> queue = new LinkedBlockingQueue<>();
    private final Write<Boolean> stop = new Write<>(_ -> true);
    private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();
    private final Object closing = new Object();
    private boolean closed;
    /** Only the writer's thread touches it. */
    private @Nullable SQLException broken;

    CommitQueue(Database database, Path file) {
        this.database = database;
        this.file = file;
        Thread.ofPlatform().daemon().name("berth-journal").start(this::writeUntilStopped);
    }

    /**
     * Does the work in a transaction and returns when that is durable.
     *
     * @param work may run more than once; only the last one counts
     */
    <T> T commit(Write.Work<T> work) {
        var write = new Write<>(work);
        synchronized (closing) {
            if (closed) {
                throw Failure.of(FailureKind.BUG, "journal.closed", "the journal " + file + " is closed")
                        .build();
            }
            queue.add(write);
        }
        return write.await();
    }

    /** Commits what was given before, then ends. */
    @Override
    public void close() {
        synchronized (closing) {
            if (!closed) {
                closed = true;
                queue.add(stop);
            }
        }
        stopped.join();
    }

    private void writeUntilStopped() {
        var goOn = true;
        while (goOn) {
            var batch = nextBatch();
            goOn = !batch.remove(stop);
            try {
                if (!batch.isEmpty()) {
                    commitTogether(batch);
                }
            } catch (RuntimeException | Error bug) {
                // The thread goes on: callers that wait for ever would be worse than any error.
                batch.forEach(write -> write.refuse(bug));
            }
        }
        stopped.complete(true);
    }

    private List<Write<?>> nextBatch() {
        while (true) {
            try {
                var batch = new ArrayList<Write<?>>();
                batch.add(queue.take());
                queue.drainTo(batch, TOGETHER - 1);
                return batch;
            } catch (InterruptedException ignored) {
                // Nobody has this thread but us; close() ends it.
            }
        }
    }

    private void commitTogether(List<Write<?>> batch) {
        if (broken != null) {
            refuse(batch, SqliteFailures.brokenBefore(broken, file));
            return;
        }
        try {
            database.execute("BEGIN IMMEDIATE");
        } catch (SQLException failure) {
            refuse(batch, SqliteFailures.translate(failure, file));
            return;
        }
        try {
            attempt(batch);
        } catch (SQLException failure) {
            rollBack();
            if (batch.size() == 1) {
                refuse(batch, SqliteFailures.translate(failure, file));
            } else {
                batch.forEach(write -> commitTogether(List.of(write)));
            }
            return;
        } catch (RuntimeException | Error bug) {
            rollBack();
            throw bug;
        }
        finish(batch);
    }

    private void attempt(List<Write<?>> batch) throws SQLException {
        if (batch.size() == 1) {
            if (!batch.getFirst().attempt(database)) {
                // An empty transaction is left to commit, which writes nothing.
                database.execute("ROLLBACK");
                database.execute("BEGIN");
            }
            return;
        }
        for (var write : batch) {
            database.execute("SAVEPOINT one");
            if (!write.attempt(database)) {
                database.execute("ROLLBACK TO one");
            }
            database.execute("RELEASE one");
        }
    }

    private void finish(List<Write<?>> batch) {
        try {
            database.execute("COMMIT");
        } catch (SQLException failure) {
            rollBack();
            if (SqliteFailures.primaryCode(failure) == SqliteFailures.IOERR) {
                // After a failed flush the kernel forgets what it couldn't write, and the next flush says all is well.
                broken = failure;
                refuse(batch, SqliteFailures.unknownCommit(failure, file));
            } else {
                refuse(batch, SqliteFailures.translate(failure, file));
            }
            return;
        }
        batch.forEach(Write::tell);
    }

    private void rollBack() {
        try {
            database.execute("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            // SQLite does it by itself after some errors (lang_transaction.html), and then refuses to do it again.
        }
    }

    private static void refuse(List<Write<?>> batch, Failure failure) {
        batch.forEach(write -> write.refuse(failure));
    }
}
