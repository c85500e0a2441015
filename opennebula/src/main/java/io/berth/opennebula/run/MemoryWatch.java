package io.berth.opennebula.run;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.opennebula.explain.Aftermath;
import io.berth.opennebula.explain.Aftermath.Word;
import io.berth.opennebula.memory.Inquiry;
import io.berth.opennebula.memory.Inquiry.Answer;
import io.berth.opennebula.memory.Inquiry.Answer.Known;
import io.berth.opennebula.memory.Inquiry.Answer.Unknown;
import io.berth.transport.script.ScriptEnding;
import java.util.function.Function;

/**
 * Holds what a script says that was to save, restore or move a guest against where the guest is. The core believes what it is
 * told: a save that is called a failure lets it start the guest anew, a move that is called a success has the guest's
 * directory taken away. For one request.
 */
final class MemoryWatch {
    private final Function<Word, Aftermath> look;
    private final boolean doubtsSuccess;
    private final RequestLog log;

    /**
     * @param look at the hosts, given the script's word
     * @param doubtsSuccess whether that is looked after too
     */
    MemoryWatch(Function<Word, Aftermath> look, boolean doubtsSuccess, RequestLog log) {
        this.look = look;
        this.doubtsSuccess = doubtsSuccess;
        this.log = log;
    }

    /** Waits until it is known, or the core takes the request back. */
    StepOutcome judged(Ended ended) {
        var said = ended.outcome();
        return switch (ended.ending()) {
            // Nothing was run, so nothing was done; or nobody waits for an answer any more.
            case ScriptEnding.Missing _, ScriptEnding.NotStarted _, ScriptEnding.NotReached _, ScriptEnding.Stopped _ ->
                said;
            case ScriptEnding.Exited _ -> {
                if (said.success()) {
                    yield doubtsSuccess ? judged(said, Word.DONE) : said;
                }
                yield judged(said, Word.FAILED);
            }
            case ScriptEnding.ConnectionLost _, ScriptEnding.TimedOut _ -> judged(said, Word.NONE);
        };
    }

    private StepOutcome judged(StepOutcome said, Word word) {
        return new Inquiry<StepOutcome>(log, why -> StepOutcome.failure(why.getMessage()))
                .until(() -> answer(said, look.apply(word)));
    }

    private Answer<StepOutcome> answer(StepOutcome said, Aftermath aftermath) {
        return switch (aftermath) {
            case Aftermath.Done() -> new Known<>(said.success() ? said : doneAllTheSame());
            case Aftermath.NotDone() -> new Known<>(said.success() ? notDoneAtAll() : said);
            case Aftermath.Untold(var why) -> new Unknown<>(unclear(why));
        };
    }

    private StepOutcome doneAllTheSame() {
        log.info("The script doesn't say that it is done, but it is: that was looked at.");
        return new StepOutcome(true, "-");
    }

    private StepOutcome notDoneAtAll() {
        var what = "The script says that it is done, but the guest is where it was";
        log.info(what + ".");
        return StepOutcome.failure(what);
    }

    private static Failure unclear(String why) {
        return Failure.of(FailureKind.UNKNOWN_OUTCOME, "vm.unclear", "it can't be told where the VM is")
                .why(why)
                .next("make its hosts answer, and see that it stands still at none")
                .build();
    }
}
