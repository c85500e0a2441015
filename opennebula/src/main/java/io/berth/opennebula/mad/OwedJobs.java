package io.berth.opennebula.mad;

import io.berth.driver.Failure;
import io.berth.opennebula.line.Outgoing;
import io.berth.opennebula.owed.OwedRequest;
import io.berth.opennebula.owed.OwedRequests;
import io.berth.opennebula.run.RequestLog;
import io.berth.opennebula.run.VmmRequests;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes jobs of requests that were asked of a driver before this one. */
final class OwedJobs {
    private static final Duration CORE_STARTS = Duration.ofSeconds(10);
    /** A core that can't be asked by then isn't configured for it. */
    private static final int ATTEMPTS = 30;

    private final OwedRequests owed;
    private final VmmRequests requests;

    OwedJobs(OwedRequests owed, VmmRequests requests) {
        this.owed = owed;
        this.requests = requests;
    }

    /** Those that the core waits for long enough that they aren't just on their way to this driver. */
    List<Job> find() throws InterruptedException {
        var first = look();
        if (first.isEmpty()) {
            return List.of();
        }
        Thread.sleep(owed.settled());
        var still = look();
        return first.stream().filter(still::contains).map(this::job).toList();
    }

    /** The core starts its drivers before it can be asked for anything. */
    private List<OwedRequest> look() throws InterruptedException {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return owed.look();
            } catch (Failure silent) {
                Thread.sleep(CORE_STARTS);
            }
        }
        return List.of();
    }

    private Job job(OwedRequest request) {
        return new Job(
                request.request().name(),
                request.vm(),
                request.toString(),
                Optional.empty(),
                log -> answer(request, log));
    }

    /** The last word is the core's: somebody may have told it meanwhile how it ended. */
    private Optional<Outgoing.Reply> answer(OwedRequest request, RequestLog log) {
        try {
            return requests.conclude(request.request(), owed.message(request), log)
                    .filter(_ -> owed.isOwed(request));
        } catch (Failure silent) {
            return Optional.empty();
        }
    }
}
