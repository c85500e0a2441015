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
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Makes jobs of requests that were asked of a driver before this one. */
final class OwedJobs {
    /** A core that can't be asked by then isn't configured for it. */
    private static final int ATTEMPTS = 30;

    private final OwedRequests owed;
    private final VmmRequests requests;

    OwedJobs(OwedRequests owed, VmmRequests requests) {
        this.owed = owed;
        this.requests = requests;
    }

    /** Those that the core waits for long enough that they aren't just on their way to this driver. */
    List<Job> find() {
        var first = look();
        if (first.isEmpty() || !sleep(owed.settled())) {
            return List.of();
        }
        var still = look();
        return first.stream().filter(still::contains).map(this::job).toList();
    }

    private List<OwedRequest> look() {
        return patiently(owed::look, OwedJobs::sleep).orElseGet(List::of);
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
        return patiently(() -> owed.message(request), log::rest)
                .flatMap(message -> requests.conclude(request.request(), message, log))
                .filter(_ -> patiently(() -> owed.isOwed(request), log::rest).orElse(false));
    }

    /**
     * The core starts its drivers before it can be asked for anything, and may be started anew at any time.
     *
     * @param rest says whether to go on
     * @return empty when it can't be asked
     */
    private <T> Optional<T> patiently(Supplier<T> question, Predicate<Duration> rest) {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return Optional.of(question.get());
            } catch (Failure silent) {
                if (!rest.test(owed.again())) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static boolean sleep(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
