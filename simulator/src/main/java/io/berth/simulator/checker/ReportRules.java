package io.berth.simulator.checker;

import io.berth.core.journal.OperationState;
import io.berth.core.plan.Step;
import io.berth.core.run.RunResult;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.world.Clause;
import io.berth.simulator.world.Violation;
import io.berth.simulator.world.World;
import java.util.function.Consumer;

/** What an engine says must be so at the moment it says it. */
final class ReportRules {
    private final World world;
    private final JournalStore journal;
    private final Losses losses;

    ReportRules(World world, JournalStore journal, Losses losses) {
        this.world = world;
        this.journal = journal;
        this.losses = losses;
    }

    void check(Expectation expectation, RunResult result, Consumer<Violation> found) {
        checkJournal(result, found);
        var kind = result.plan().kind();
        var state = result.state();
        Consumer<String> wrong = wrong(result, found);
        if (state == OperationState.SUCCEEDED) {
            result.plan().all().forEach(step -> checkDeleted(step, expectation, wrong));
        }
        var facts = Facts.of(world, expectation.vm());
        var isLost = losses.isExcused(expectation.vm()) && facts.isGone();
        if (result.memoryLost() && !isLost && !wasLostMeanwhile(result, expectation.vm())) {
            wrong.accept("speaks of lost memory that is there, or that no host took with it");
            return;
        }
        if (result.memoryLost() || isLost) {
            if (result.succeeded() && (kind.equals("suspend") || kind.equals("stop"))) {
                wrong.accept("the memory is lost");
            }
            return;
        }
        switch (state) {
            case SUCCEEDED, SUCCEEDED_CLEANUP_PENDING -> checkDone(kind, expectation, facts, wrong);
            case FAILED -> checkUndone(kind, expectation, facts, wrong);
            case ACTIVE -> wrong.accept("that is no answer");
            case PENDING -> {}
        }
    }

    /** By the operation's time; its owner, or the host, may have started the VM anew before it was told. */
    private boolean wasLostMeanwhile(RunResult result, VmRef vm) {
        return journal.operations().stream()
                .filter(entry -> entry.id().equals(result.plan().operation()))
                .anyMatch(entry -> losses.wasLostAfter(entry.begun(), vm));
    }

    private void checkDeleted(Step step, Expectation expectation, Consumer<String> wrong) {
        if (step instanceof Step.DeleteDirectory delete
                && !expectation.declaredDead().contains(delete.at())
                && world.folders()
                        .anyMatch(folders -> folders.names(delete.at())
                                .contains(delete.directory().name()))) {
            wrong.accept(delete.directory() + " is still on " + delete.at());
        }
    }

    /** What an engine says is what the journal says, unless it couldn't write. */
    void checkJournal(RunResult result, Consumer<Violation> found) {
        var journalled = journal.state(result.plan().operation()).orElse(OperationState.ACTIVE);
        var state = result.state();
        var saysNothing = journalled.isOpen() || (state.isOpen() && !isDone(state));
        if (!saysNothing && journalled != state && !(isDone(journalled) && isDone(state))) {
            wrong(result, found).accept("the journal says " + journalled);
        }
    }

    private static Consumer<String> wrong(RunResult result, Consumer<Violation> found) {
        return text -> found.accept(
                new Violation(Clause.TRUE_REPORT, result.plan().kind() + " says " + result.state() + ", but " + text));
    }

    /** Whether something is left to tidy up an engine can't know when its last write's answer is lost. */
    private static boolean isDone(OperationState state) {
        return state == OperationState.SUCCEEDED || state == OperationState.SUCCEEDED_CLEANUP_PENDING;
    }

    private static void checkDone(String kind, Expectation expectation, Facts facts, Consumer<String> wrong) {
        switch (kind) {
            case "suspend", "stop", "verify", "adopt", "move-directory" -> {
                if (!facts.copies().isEmpty() || facts.complete().size() != 1) {
                    wrong.accept("there is " + facts);
                }
            }
            case "resume", "start", "migrate", "migrate-live" -> {
                if (facts.copies().size() != 1 || !isAsBefore(expectation, facts) || facts.hasComplete()) {
                    wrong.accept("there is " + facts);
                }
            }
            case "terminate" -> {
                if (!facts.isGone()) {
                    wrong.accept("there is " + facts);
                }
            }
            case "rehearse" -> {} // says nothing of any guest
            default -> {
                if (facts.hasComplete()) {
                    wrong.accept("there is " + facts);
                }
            }
        }
    }

    private static void checkUndone(String kind, Expectation expectation, Facts facts, Consumer<String> wrong) {
        var isThere = facts.copies().size() == 1 && isAsBefore(expectation, facts) && !facts.hasComplete();
        var isSaved = facts.copies().isEmpty() && facts.complete().size() == 1;
        var isUnclaimed = facts.copies().isEmpty()
                && facts.complete().isEmpty()
                && facts.unclaimed().size() == 1;
        var isUndone = switch (kind) {
            case "suspend", "stop", "migrate-live" -> isThere;
            // It came back; or even the way back was barred.
            case "migrate" -> isThere || isSaved;
            // Nothing was begun.
            case "terminate" -> isThere || isSaved;
            case "rehearse" -> true;
            case "adopt" -> isUnclaimed;
            default -> isSaved;
        };
        if (!isUndone) {
            wrong.accept("there is " + facts);
        }
    }

    private static boolean isAsBefore(Expectation expectation, Facts facts) {
        var wanted = expectation.ownerPaused() ? GuestState.PAUSED : GuestState.RUNNING;
        return facts.copies().stream().allMatch(placed -> placed.copy().state() == wanted);
    }
}
