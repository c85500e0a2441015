package io.berth.core.run;

import io.berth.core.Drivers;
import io.berth.core.journal.Lease;
import io.berth.core.plan.Operand;
import io.berth.core.plan.Ref;
import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What handlers work with: the drivers, the operation's right, and what earlier steps found out. Used by one thread.
 */
public final class StepRun {
    private final Drivers drivers;
    private final Lease lease;
    private final RunOptions options;
    private final Pause pause;
    private final Map<String, Outputs> outputs = new HashMap<>();
    private final Map<String, Supplier<Outputs>> recalled = new HashMap<>();
    private boolean memoryLost;
    private boolean mayBeCancelled = true;

    public StepRun(Drivers drivers, Lease lease, RunOptions options, Pause pause) {
        this.drivers = drivers;
        this.lease = lease;
        this.options = options;
        this.pause = pause;
    }

    public Drivers drivers() {
        return drivers;
    }

    public Lease lease() {
        return lease;
    }

    public OperationId operation() {
        return lease.operation();
    }

    public Clock clock() {
        return options.clock();
    }

    /**
     * Lets that time pass.
     *
     * @throws Failure {@code operation.cancelled} when it hasn't: somebody wants this thread to end
     */
    public void await(Duration time) {
        var end = clock().instant().plus(time);
        pause.sleep(time);
        if (clock().instant().isBefore(end)) {
            throw Failure.of(FailureKind.CANCELLED, "operation.cancelled", "interrupted while time had to pass")
                    .next("run 'berth recover'")
                    .build();
        }
    }

    /** For mutating calls of a step. Before the point of no return they may be cancelled. */
    public Call call() {
        var call = determinedCall().with(options.progress());
        return mayBeCancelled ? call.with(options.cancellation()) : call;
    }

    /** For mutating calls that must go through even after a cancellation: undoing and tidying up. */
    public Call determinedCall() {
        return Call.of(lease.token());
    }

    /** A person has claimed that this host is dead: nothing runs there, nothing is attached there. */
    public boolean isDead(HostRef host) {
        return options.deadHosts().contains(host);
    }

    /**
     * Says that the guest's memory is gone with the host that held its only copy: the one exception to the promise
     * (MEMORY_LOST). The run goes on tidying up, and ends as failed.
     */
    public void memoryIsLost() {
        memoryLost = true;
    }

    /** From here a cancellation comes too late. */
    void passPointOfNoReturn() {
        mayBeCancelled = false;
    }

    /** Whether any step, also of a process before this one, has found it gone. */
    public boolean lostMemory() {
        return memoryLost;
    }

    void remember(String step, Outputs found) {
        recalled.remove(step);
        outputs.put(step, found);
    }

    /**
     * Takes over what a process before this one found out.
     *
     * @param again finds it out once more before it is used: a host that has been restarted may have given a device's
     *     path to somebody else's volume
     */
    void recall(String step, Outputs found, Supplier<Outputs> again) {
        outputs.put(step, found);
        recalled.put(step, again);
    }

    public <T> Optional<T> find(Ref<T> ref) {
        return Optional.ofNullable(outputs.get(ref.step()))
                .map(found -> found.values().get(ref.type().output()))
                .map(ref.type()::parse);
    }

    public <T> T value(Operand<T> operand) {
        return switch (operand) {
            case Operand.Known<T> known -> known.value();
            case Ref<T> ref -> {
                var again = recalled.get(ref.step());
                if (again != null) {
                    remember(ref.step(), again.get());
                }
                yield find(ref)
                        .orElseThrow(() -> Failure.of(FailureKind.BUG, "plan.unresolved", "nothing has told " + ref)
                                .why("the step that declares it has not run")
                                .build());
            }
        };
    }
}
