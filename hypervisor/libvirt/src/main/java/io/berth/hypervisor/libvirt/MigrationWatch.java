package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches a migration, beside the command that waits for it or without one, and has it ended when it makes no progress,
 * takes too long, or goes over the guest's memory too often.
 */
final class MigrationWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(500);
    /** libvirt takes a silent peer for lost after half a minute; an abortion in that time has no effect. */
    private static final Duration GRACE = Duration.ofSeconds(60);
    /** Within which libvirt ends what it can end by itself. */
    private static final Duration ABORTION = Duration.ofSeconds(2);

    private final Virsh virsh;
    private final VirshCommands commands;
    private final Call call;
    private final HostRef from;
    private final UUID vm;
    private final int passes;
    private final CopyLinks links;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final long begun = System.nanoTime();
    private long moved = -1;
    private long movedAt = begun;
    private volatile @Nullable Failure verdict;
    private volatile OptionalLong endingSince = OptionalLong.empty();

    MigrationWatch(Virsh virsh, VirshCommands commands, Call call, HostRef from, UUID vm, int passes) {
        this.virsh = virsh;
        this.commands = commands;
        this.call = call;
        this.from = from;
        this.vm = vm;
        this.passes = passes;
        this.links = new CopyLinks(virsh, commands);
    }

    /** Begins to watch in a thread of its own, until it is closed. */
    MigrationWatch start() {
        Thread.ofVirtual().name("migration-watch").start(() -> {
            try {
                while (!ended.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    lookQuietly();
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        return this;
    }

    /** Somebody has asked libvirt already to end it. */
    MigrationWatch ending() {
        endingSince = OptionalLong.of(System.nanoTime());
        return this;
    }

    private void lookQuietly() {
        try {
            look();
        } catch (Failure nobodyMinds) {
            // The command itself tells what went wrong.
            return;
        }
    }

    /** Why it was ended, if it was. */
    Optional<Failure> verdict() {
        return Optional.ofNullable(verdict);
    }

    /** Waits until no job is under way, and no command of ours is that could begin one. */
    void awaitEnd() {
        while (look() || isCommanded()) {
            if (isOlderThan(begun, call.deadline().plus(GRACE))) {
                throw Failure.of(FailureKind.UNKNOWN_OUTCOME, "migrate.under-way", "the guest is still being moved")
                        .why("it should have come to an end by now")
                        .next("see 'virsh domjobinfo' on the host; nothing more is done meanwhile")
                        .host(from)
                        .build();
            }
            pause();
        }
    }

    /** Answers whether it is under way. */
    private boolean look() {
        var argv = commands.job(vm);
        var result = virsh.look(from, argv);
        if (!result.succeeded()) {
            var failure = VirshErrors.failure(from, "can't ask for the guest's migration", result, argv);
            // One that has just left is known for a moment more.
            if (failure.is("vm.absent") || failure.is("vm.not-running")) {
                return false;
            }
            throw failure;
        }
        var job = JobStatistics.parse(result.output());
        if (job.active()) {
            judge(job);
        }
        return job.active();
    }

    private void judge(JobStatistics job) {
        call.progress().moved(new DataSize(job.processed()), new DataSize(job.processed() + job.remaining()));
        if (job.processed() != moved) {
            moved = job.processed();
            movedAt = System.nanoTime();
        }
        if (endingSince.isPresent() && isOlderThan(endingSince.getAsLong(), ABORTION)) {
            links.cut(call, from, vm);
        }
        if (verdict == null) {
            trouble(job).ifPresent(failure -> {
                verdict = failure;
                endingSince = OptionalLong.of(System.nanoTime());
                // It has no effect when all of the memory is moved; then it comes to its end in a moment.
                virsh.attempt(call, from, new byte[0], commands.abortJob(vm));
            });
        }
    }

    private Optional<Failure> trouble(JobStatistics job) {
        if (call.cancellation().requested()) {
            return Optional.of(ended(FailureKind.CANCELLED, "operation.cancelled", "the migration was cancelled")
                    .why("somebody asked for it")
                    .next("the guest goes on where it was")
                    .build());
        }
        if (job.passes() > passes) {
            return Optional.of(tooBusy("its memory was gone over " + job.passes() + " times"));
        }
        if (isOlderThan(begun, call.deadline())) {
            return Optional.of(tooBusy("it took longer than " + call.deadline().toSeconds() + " s"));
        }
        if (isOlderThan(movedAt, call.stall())) {
            return Optional.of(ended(FailureKind.ENVIRONMENT, "migrate.stalled", "the migration made no progress")
                    .why("for " + call.stall().toSeconds() + " s nothing was moved")
                    .next("look at the network between the hosts, then try again")
                    .build());
        }
        return Optional.empty();
    }

    private Failure tooBusy(String why) {
        return ended(FailureKind.HYPERVISOR, "migrate.too-busy", "the guest writes its memory faster than it is moved")
                .why(why)
                .next("try when it is less busy, set libvirt.migration-auto-converge, or say --cold")
                .build();
    }

    private Failure.Builder ended(FailureKind kind, String code, String what) {
        return Failure.of(kind, code, what).host(from);
    }

    private static boolean isOlderThan(long instant, Duration time) {
        return System.nanoTime() - instant > time.toNanos();
    }

    /**
     * A client whose connection to us broke lives on, and may only be about to ask libvirt. The guard knows: it lets no
     * command go without a lock.
     */
    private boolean isCommanded() {
        return virsh.answer(from, "can't ask the guard what runs", HostCommand.HELPER, "guard-read", vm.toString())
                .contains("running ");
    }

    private static void pause() {
        try {
            Thread.sleep(EVERY);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw Failure.of(
                            FailureKind.UNKNOWN_OUTCOME, "migrate.under-way", "waiting for a migration was interrupted")
                    .next("look at both hosts before anything else")
                    .cause(stop)
                    .build();
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
