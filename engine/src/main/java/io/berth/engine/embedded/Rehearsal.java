package io.berth.engine.embedded;

import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.journal.StepEvent.Phase;
import io.berth.core.operation.Operations;
import io.berth.core.operation.RehearseRequest;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.engine.EngineEvent;
import io.berth.engine.Finding;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One host's rehearsal, and what is to be said of each of its steps. Used once; hears news from any thread. */
final class Rehearsal {
    private final RehearseRequest request;
    private final Map<String, String> begun = new LinkedHashMap<>();
    private Optional<String> broken = Optional.empty();

    Rehearsal(RehearseRequest request) {
        this.request = request;
    }

    List<Finding> run(Operations operations, Runs runs, Watch watch) {
        try {
            var listening = new Watch(event -> hear(event, watch), watch.cancellation());
            return findings(runs.run(listening, options -> operations.rehearse(request, options)));
        } catch (Failure refused) {
            return List.of(Finding.trouble(subject("begin"), refused));
        }
    }

    private synchronized void hear(EngineEvent event, Watch watch) {
        if (event instanceof EngineEvent.StepBegins step && step.direction() == Direction.FORWARD) {
            begun.put(step.step(), step.text());
        }
        if (event instanceof EngineEvent.StepEnds end && end.direction() == Direction.FORWARD) {
            broken = end.phase() == Phase.DONE ? Optional.empty() : Optional.of(end.step());
        }
        watch.events().accept(event);
    }

    private synchronized List<Finding> findings(Report report) {
        var took = report.steps().stream()
                .collect(Collectors.toMap(Report.StepTime::step, Report.StepTime::took, Duration::plus));
        var findings = new ArrayList<Finding>();
        begun.forEach((step, text) -> {
            if (broken.filter(step::equals).isEmpty()) {
                var millis = took.getOrDefault(step, Duration.ZERO).toMillis();
                findings.add(Finding.good(subject(step), text + " (" + millis + " ms)"));
            }
        });
        report.result().failure().ifPresent(failure -> findings.addAll(troubles(report.result(), failure)));
        return findings;
    }

    private List<Finding> troubles(RunResult result, Failure failure) {
        var troubles = new ArrayList<Finding>();
        // What can't be taken back hides why it was to be; the reason goes along with it.
        var reason = Arrays.stream(failure.getSuppressed())
                .filter(Failure.class::isInstance)
                .map(Failure.class::cast)
                .findFirst()
                .filter(first -> result.state().isOpen());
        troubles.add(Finding.trouble(subject(broken.orElse("end")), reason.orElse(failure)));
        if (result.state().isOpen()) {
            troubles.add(Finding.trouble(subject("tidy-up"), unfinished(result, failure)));
        }
        return troubles;
    }

    private static Failure unfinished(RunResult result, Failure failure) {
        return Failure.of(
                        FailureKind.UNKNOWN_OUTCOME,
                        "rehearsal.unfinished",
                        "what the check made is still there, or may be")
                .why("operation " + result.plan().operation() + " rests: " + failure.getMessage())
                .next("no VM's memory is in it; when that is mended, 'berth recover' removes it")
                .build();
    }

    private String subject(String step) {
        return request.writer() + " " + step;
    }
}
