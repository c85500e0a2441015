package io.berth.lab;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.opennebula.memory.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The VM driver and the transfer manager of a front-end, which are started anew when they were killed. */
final class CoreDrivers implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A core waits for ever; a walk wants to come to an end. */
    private static final int LONGEST_SECONDS = 240;

    private final FrontEnd front;
    private final Consumer<String> listener;
    private volatile DriverProcess memory;
    private volatile DriverProcess transfers;

    /** @param listener hears every line that is said */
    CoreDrivers(FrontEnd front, Consumer<String> listener) {
        this.front = front;
        this.listener = listener;
        this.memory = front.startDriver();
        this.transfers = front.startTransferManager();
    }

    /**
     * Of the VM driver.
     *
     * @param whileWaiting each second without an answer
     * @return empty: it died before it could answer
     */
    Optional<Verdict> ask(String request, Runnable whileWaiting) {
        return answer(memory, request, whileWaiting);
    }

    /** Of the transfer manager. */
    Optional<Verdict> askToTransfer(String request, Runnable whileWaiting) {
        return answer(transfers, request, whileWaiting);
    }

    private Optional<Verdict> answer(DriverProcess driver, String request, Runnable whileWaiting) {
        var words = request.split(" +", 3);
        listener.accept("> " + words[0] + " " + words[1] + (words[0].equals("TRANSFER") ? " " + words[2] : ""));
        if (!driver.trySay(request)) {
            return died();
        }
        for (var waited = 0; waited < LONGEST_SECONDS; ) {
            var line = driver.hear(PAUSE);
            line.ifPresent(it -> listener.accept("< " + it));
            var answer = line.flatMap(it -> verdict(words[0], words[1], it));
            if (answer.isPresent()) {
                return answer;
            }
            if (line.isEmpty()) {
                if (!driver.isAlive()) {
                    return died();
                }
                waited++;
                whileWaiting.run();
            }
        }
        throw new AssertionError("no answer within " + LONGEST_SECONDS + " s");
    }

    private Optional<Verdict> died() {
        kill();
        memory = front.startDriver();
        transfers = front.startTransferManager();
        return Optional.empty();
    }

    /** {@code SAVE SUCCESS 5 -}. */
    private static Optional<Verdict> verdict(String action, String vm, String line) {
        if (line.startsWith(action + " SUCCESS " + vm + " ")) {
            return Optional.of(new Verdict.Done(""));
        }
        if (line.startsWith(action + " FAILURE " + vm + " ")) {
            return Optional.of(new Verdict.NotDone(Failure.of(FailureKind.ENVIRONMENT, "core.told", line)
                    .next("ask again")
                    .build()));
        }
        return Optional.empty();
    }

    void kill() {
        memory.kill();
        transfers.kill();
    }

    @Override
    public void close() {
        var vmm = memory;
        try (vmm) {
            transfers.close();
        }
    }
}
