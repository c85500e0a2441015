package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks now and then how far libvirt's job has come, beside the command that waits for it. The first question comes late
 * enough that a quick save isn't slowed down.
 */
final class JobProgress implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final CountDownLatch ended = new CountDownLatch(1);

    private JobProgress(Runnable question) {
        Thread.ofVirtual().name("job-progress").start(() -> {
            try {
                while (!ended.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    question.run();
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static JobProgress of(Virsh virsh, VirshCommands commands, Call call, HostRef host, UUID vm) {
        return new JobProgress(() -> {
            try {
                var answer = virsh.look(host, commands.job(vm));
                var job = JobStatistics.parse(answer.output());
                if (answer.succeeded() && job.active()) {
                    call.progress()
                            .moved(new DataSize(job.processed()), new DataSize(job.processed() + job.remaining()));
                }
            } catch (Failure nobodyMinds) {
                // Progress is for people; the command itself tells what went wrong.
                return;
            }
        });
    }

    /** Doesn't wait for a question that is under way: it changes nothing. */
    @Override
    public void close() {
        ended.countDown();
    }
}
