package io.berth.driver.host;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Questions that don't need each other's answers: each is a way to a host and back. Only for looks; what changes something
 * goes one after the other. Closing waits for all that were asked. Used by one thread, asked on others.
 */
public interface Questions extends AutoCloseable {
    /**
     * Asks. The answer is waited for when it is fetched, once, which throws what the question threw.
     *
     * @param question throws nothing but what is unchecked
     */
    <T> Supplier<T> ask(Supplier<T> question);

    @Override
    void close();

    /** Each is asked when its answer is fetched: one after the other, as where the order has to be the same each time. */
    static Questions inTurn() {
        return new Questions() {
            @Override
            public <T> Supplier<T> ask(Supplier<T> question) {
                return question;
            }

            @Override
            public void close() {}
        };
    }

    /** All are asked at the same time. */
    static Questions atOnce() {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        return new Questions() {
            @Override
            public <T> Supplier<T> ask(Supplier<T> question) {
                var answer = threads.submit(question::get);
                return () -> fetch(answer);
            }

            @Override
            public void close() {
                threads.close();
            }
        };
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
            throw Failure.of(FailureKind.CANCELLED, "operation.cancelled", "interrupted while hosts were asked")
                    .next("try again")
                    .build();
        }
    }
}
