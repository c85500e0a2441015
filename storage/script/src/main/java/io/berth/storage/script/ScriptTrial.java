package io.berth.storage.script;

import io.berth.driver.Failure;
import io.berth.driver.host.HostDevices;
import io.berth.driver.host.HostTransport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tries a site's scripts against their contract, on the datastore's real hosts. Makes small volumes of its own under
 * names that begin with {@code berth-trial-}, each owned by a ledger entry that lets garbage collection take it, and removes
 * them whatever happens. Nothing else on the datastore is touched. Not for several at once on one datastore.
 */
public final class ScriptTrial {
    private final ScriptSettings settings;
    private final ScriptStorage storage;
    private final HostTransport transport;
    private final HostDevices devices;

    /** @param transport reaches the hosts of the settings; stays the caller's to close */
    public ScriptTrial(ScriptSettings settings, HostTransport transport, HostDevices devices, Clock clock) {
        this(settings, new ScriptStorage(settings, transport, clock), transport, devices);
    }

    ScriptTrial(ScriptSettings settings, ScriptStorage storage, HostTransport transport, HostDevices devices) {
        this.settings = settings;
        this.storage = storage;
        this.transport = transport;
        this.devices = devices;
    }

    /** What came of trying one promise. */
    public sealed interface Result {
        /** A sentence, always the same for the same promise. */
        String promise();

        record Kept(String promise) implements Result {}

        record Broken(String promise, Failure why) implements Result {}

        /** It couldn't be tried. */
        record Untried(String promise, String why) implements Result {}
    }

    /** All promises in order. After one without which no other can be kept, the rest is untried. */
    public List<Result> run() {
        var results = new ArrayList<Result>();
        for (var check : Contract.PREMISES) {
            results.add(attempt(check));
        }
        var broken = results.stream().anyMatch(result -> !(result instanceof Result.Kept));
        for (var check : Contract.PROMISES) {
            results.add(
                    broken
                            ? new Result.Untried(check.promise(), "what comes before must be put right first")
                            : attempt(check));
        }
        return List.copyOf(results);
    }

    /** That one alone. */
    Result tryOne(String promise) {
        return Stream.concat(Contract.PREMISES.stream(), Contract.PROMISES.stream())
                .filter(check -> check.promise().equals(promise))
                .map(this::attempt)
                .findFirst()
                .orElseThrow();
    }

    private Result attempt(ContractCheck check) {
        var ground = new TrialGround(settings, storage, transport, devices);
        var unfit = check.unfit().apply(ground);
        if (unfit.isPresent()) {
            return new Result.Untried(check.promise(), unfit.get());
        }
        var failure = tried(check, ground);
        var litter = ground.clear();
        return failure.or(() -> litter)
                .<Result>map(why -> new Result.Broken(check.promise(), why))
                .orElseGet(() -> new Result.Kept(check.promise()));
    }

    private static Optional<Failure> tried(ContractCheck check, TrialGround ground) {
        try {
            check.attempt().on(ground);
            return Optional.empty();
        } catch (Failure failure) {
            return Optional.of(failure);
        }
    }
}
