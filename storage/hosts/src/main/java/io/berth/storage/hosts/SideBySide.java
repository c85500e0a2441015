package io.berth.storage.hosts;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Questions that don't need each other's answers, asked at the same time: each is a way to a host and back. Only for
 * looks; what changes something goes one after the other. Closing waits for all of them. Used by one thread.
 */
public final class SideBySide implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Asks now; the answer is waited for when it is fetched, which throws what the question threw.
     *
     * @param question throws nothing but what is unchecked
     */
    public <T> Supplier<T> ask(Supplier<T> question) {
        var answer = threads.submit(question::get);
        return () -> fetch(answer);
    }

    private static <T> T fetch(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    private static Failure interrupted() {
        return Failure.of(FailureKind.CANCELLED, "operation.cancelled", "interrupted while hosts were asked")
                .next("try again")
                .build();
    }

    @Override
    public void close() {
        threads.close();
    }
}
