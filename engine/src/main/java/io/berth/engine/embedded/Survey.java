package io.berth.engine.embedded;

import io.berth.core.Drivers;
import io.berth.core.operation.Operations;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.engine.Found;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks at all hosts and all datastores at once; what doesn't answer doesn't hide the rest. Thread-safe. */
final class Survey {
    private final Operations operations;
    private final Drivers drivers;

    Survey(Operations operations, Drivers drivers) {
        this.operations = operations;
        this.drivers = drivers;
    }

    /** What all hosts and all datastores say. */
    record Everything(Found<GuestView> guests, Found<Entry> checkpoints) {}

    Everything everything() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var guests = threads.submit(this::guests);
            var checkpoints = threads.submit(this::checkpoints);
            return new Everything(get(guests), get(checkpoints));
        }
    }

    Found<GuestView> guests() {
        var sighting = operations.guests();
        return new Found<>(
                sighting.views(), sighting.silent().stream().map(Survey::silent).toList());
    }

    Found<Entry> checkpoints() {
        var entries = new ArrayList<Entry>();
        var silent = new ArrayList<Failure>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = drivers.checkpointDatastores().values().stream()
                    .map(storage -> threads.submit(() -> storage.ledger().list()))
                    .toList();
            for (var answer : asked) {
                try {
                    entries.addAll(get(answer));
                } catch (Failure failure) {
                    silent.add(failure);
                }
            }
        }
        return new Found<>(entries, silent);
    }

    private static Failure silent(HostRef host) {
        return Failure.of(FailureKind.ENVIRONMENT, "host.no-answer", "a host didn't answer, its VMs aren't shown")
                .host(host)
                .next("'berth host check " + host + "' tells why")
                .build();
    }

    private static <T> T get(Future<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while hosts were asked", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException("a question failed", e.getCause());
        }
    }
}
