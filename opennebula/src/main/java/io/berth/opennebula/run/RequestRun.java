package io.berth.opennebula.run;

import io.berth.driver.Failure;
import io.berth.opennebula.action.ActionStep;
import io.berth.opennebula.action.Argument;
import io.berth.opennebula.action.Recipe;
import io.berth.opennebula.line.Outgoing;
import io.berth.opennebula.memory.EngineMemory;
import io.berth.opennebula.memory.Readiness;
import io.berth.opennebula.memory.Verdict;
import io.berth.opennebula.memory.Waiting;
import io.berth.opennebula.message.DriverMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs one recipe to its answer. For one thread. */
final class RequestRun {
    private final StepScripts scripts;
    private final EngineMemory memory;
    private final RequestLog log;
    private final Waiting waiting;
    private final Map<String, String> outputs = new HashMap<>();
    private String reason = "-";

    private RequestRun(StepScripts scripts, EngineMemory memory, RequestLog log, Waiting waiting) {
        this.scripts = scripts;
        this.memory = memory;
        this.log = log;
        this.waiting = waiting;
    }

    /** @param waiting how it waits for what the engine does; the log itself, where that can be taken back */
    static RequestRun of(
            SiteScripts site,
            HostScripts hosts,
            EngineMemory memory,
            DriverMessage message,
            Recipe recipe,
            RequestLog log,
            Waiting waiting) {
        var delegating = switch (recipe) {
            case Recipe.Sequence sequence -> site.delegated().contains(sequence.answer());
            case Recipe.Memory deed -> site.delegated().contains(deed.name());
            case Recipe.Single _ -> false;
        };
        return new RequestRun(new StepScripts(site, hosts, message, delegating, log), memory, log, waiting);
    }

    /** @throws RequestStopped when the core took the request back */
    StepOutcome run(Recipe recipe) {
        return switch (recipe) {
            case Recipe.Single(var step) -> unlessStopped(scripts.single(step, words(step.arguments())));
            case Recipe.Sequence(var steps, var answer, var prefix) -> {
                var success = run(steps);
                var info = success ? outputs.getOrDefault(answer, "") : reason;
                yield new StepOutcome(success, prefix.map(text -> text + " ").orElse("") + info);
            }
            case Recipe.Memory deed -> run(deed);
        };
    }

    private StepOutcome run(Recipe.Memory recipe) {
        return switch (unlessStopped(memory.prepare(recipe.deed(), waiting))) {
            case Readiness.Refused(var why) -> failed(recipe, why);
            case Readiness.Already() -> {
                log.info("Nothing left to do for " + recipe.name() + ": it was done before.");
                yield arrived(recipe);
            }
            case Readiness.Absent()
            when !recipe.instead().isEmpty() ->
                run(recipe.before()) && run(recipe.instead()) ? arrived(recipe) : failed();
            case Readiness.Ready(), Readiness.Absent() -> run(recipe.before()) ? perform(recipe) : failed();
        };
    }

    private StepOutcome perform(Recipe.Memory recipe) {
        return ended(recipe, unlessStopped(memory.perform(recipe.deed(), waiting)));
    }

    /**
     * Brings to an end what a driver before this one was asked for.
     *
     * @throws RequestStopped when the core took the request back
     */
    StepOutcome conclude(Recipe.Memory recipe) {
        return ended(recipe, unlessStopped(memory.conclude(recipe.deed(), waiting)));
    }

    private StepOutcome ended(Recipe.Memory recipe, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Done(var remark) -> {
                if (!remark.isEmpty()) {
                    log.info(remark);
                }
                log.info("Successfully execute virtualization driver operation: " + recipe.name() + ".");
                yield arrived(recipe);
            }
            case Verdict.NotDone(var why) -> {
                var _ = run(recipe.whenNotDone());
                yield failed(recipe, why);
            }
        };
    }

    private StepOutcome arrived(Recipe.Memory recipe) {
        var _ = run(recipe.after());
        return new StepOutcome(true, outputs.getOrDefault(recipe.name(), "-"));
    }

    private StepOutcome failed(Recipe.Memory recipe, Failure why) {
        log.failure(why);
        log.info("Failed to execute virtualization driver operation: " + recipe.name() + ".");
        return StepOutcome.failure(Outgoing.Reply.reason(why));
    }

    private StepOutcome failed() {
        return StepOutcome.failure(reason);
    }

    private boolean run(List<ActionStep> steps) {
        for (var step : steps) {
            var outcome = unlessStopped(perform(step));
            outputs.put(step.name(), outcome.info().strip());
            if (outcome.success()) {
                log.info("Successfully execute " + driver(step) + " operation: " + step.name() + ".");
                continue;
            }
            // What they come to is in the log; it changes nothing about the request.
            var _ = run(step.afterFailure().steps());
            reason = outcome.info();
            log.info("Failed to execute " + driver(step) + " operation: " + step.name() + ".");
            if (!step.afterFailure().tolerated()) {
                return false;
            }
        }
        return true;
    }

    private <T> T unlessStopped(T outcome) {
        if (log.cancellation().requested()) {
            throw new RequestStopped();
        }
        return outcome;
    }

    private StepOutcome perform(ActionStep step) {
        return switch (step) {
            case ActionStep.Hypervisor hypervisor -> scripts.hypervisor(hypervisor, words(hypervisor.arguments()));
            case ActionStep.Memory memory ->
                scripts.memory(memory, words(memory.script().arguments()));
            case ActionStep.Program program -> scripts.program(program);
            case ActionStep.Network network -> scripts.network(network, words(network.arguments()));
            case ActionStep.Transfer transfer -> scripts.transfer(transfer.command(), transfer.input());
            case ActionStep.Hook hook -> scripts.hook(hook.command(), hook.environment(), hook.input());
            case ActionStep.Datastore datastore -> scripts.datastore(datastore.command(), datastore.input());
        };
    }

    private static String driver(ActionStep step) {
        return switch (step) {
            case ActionStep.Hypervisor _, ActionStep.Memory _, ActionStep.Program _ -> "virtualization driver";
            case ActionStep.Network _ -> "network driver";
            case ActionStep.Transfer _, ActionStep.Hook _ -> "transfer manager driver";
            case ActionStep.Datastore _ -> "datastore driver";
        };
    }

    private Words words(List<Argument> arguments) {
        var real = new ArrayList<String>();
        var shown = new ArrayList<String>();
        for (var argument : arguments) {
            var text = switch (argument) {
                case Argument.Text(var known) -> known;
                case Argument.OutputOf(var step) -> outputs.getOrDefault(step, "");
                case Argument.Message(var payload) -> payload;
            };
            real.add(text);
            shown.add(argument instanceof Argument.Message ? "<message>" : text);
        }
        return new Words(real, shown);
    }
}
