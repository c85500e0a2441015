package io.berth.journal.sqlite;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Something one caller wants written, and the answer it waits for. */
final class Write<T> {
    private final Work<T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable T result;
    private @Nullable Throwable refusal;

    Write(Work<T> work) {
        this.work = work;
    }

    /**
     * Does the work in the transaction that is open.
     *
     * @return false when it was refused by what the journal holds: nothing of it must be committed
     */
    boolean attempt(Database database) throws SQLException {
        try {
            result = work.in(database);
            refusal = null;
            return true;
        } catch (RuntimeException refused) {
            refusal = refused;
            return false;
        }
    }

    /** The transaction is durable: the caller may go on. */
    void tell() {
        if (refusal == null) {
            answer.complete(result);
        } else {
            answer.completeExceptionally(refusal);
        }
    }

    void refuse(Throwable failure) {
        answer.completeExceptionally(failure);
    }

    T await() {
        try {
            return answer.join();
        } catch (CompletionException wrapped) {
            switch (wrapped.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw wrapped;
            }
        }
    }

    /** What is to be written; throws a {@link io.berth.driver.Failure} to refuse. */
    interface Work<T> {
        T in(Database database) throws SQLException;
    }
}
