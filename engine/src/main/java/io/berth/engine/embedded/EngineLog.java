package io.berth.engine.embedded;

import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.journal.StepEvent.Phase;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.core.run.RunResult;
import io.berth.driver.Printable;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each change of state, the operation first. */
final class EngineLog {
    private static final Logger LOG = LoggerFactory.getLogger("berth.operation");

    private EngineLog() {}

    static void begins(Plan plan) {
        LOG.info(
                "operation={} event=begin kind={} uuid={} vm={} hosts={} steps={}",
                plan.operation(),
                plan.kind(),
                plan.vm().uuid(),
                quoted(plan.vm().name()),
                quoted(plan.hosts().toString()),
                plan.all().count());
    }

    static void stepEnds(Plan plan, Step step, Direction direction, Phase phase, Duration took) {
        LOG.info(
                "operation={} event=step step={} direction={} phase={} milliseconds={}",
                plan.operation(),
                step.name(),
                direction,
                phase,
                took.toMillis());
    }

    static void ends(RunResult result, Duration took) {
        LOG.info(
                "operation={} event=end state={} code={} milliseconds={} message={}",
                result.plan().operation(),
                result.state(),
                result.failure().map(failure -> failure.code()).orElse("-"),
                took.toMillis(),
                quoted(result.message()));
    }

    /** Names may hold anything: one line, and no quote that would end the value early. */
    static String quoted(String text) {
        return '"' + Printable.line(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
