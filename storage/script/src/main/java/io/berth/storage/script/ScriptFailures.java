package io.berth.storage.script;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.hosts.HostAnswer;

/** What a script's ending means for whoever asked. {@code what} is always the whole of what wasn't done. */
final class ScriptFailures {
    private ScriptFailures() {}

    static Failure refused(HostAnswer answer, ScriptEnding.Refusal refusal, String what) {
        return switch (refusal) {
            case NOT_DONE ->
                answer.storage("script.refused", what)
                        .why("the script says that it changed nothing" + reason(answer))
                        .next("put right what it says, then try again")
                        .build();
            case NO_ROOM ->
                answer.storage("storage.no-space", what)
                        .why("the script says that the storage is full" + reason(answer))
                        .next("free space there or choose another datastore, then try again")
                        .build();
            case IN_USE ->
                answer.about(FailureKind.CONFLICT, "volume.in-use", what)
                        .why("the script says that it is in use" + reason(answer))
                        .next("end what uses it, then try again")
                        .build();
            case HOST_UNREACHABLE ->
                answer.about(FailureKind.ENVIRONMENT, "host.unreachable", what)
                        .why("the script says that it can't reach the host" + reason(answer))
                        .next("bring the host back, or see that the script reaches it from " + answer.host())
                        .build();
        };
    }

    static Failure missing(HostAnswer answer, String script, String what) {
        return answer.about(FailureKind.ENVIRONMENT, "script.missing", what)
                .why(Printable.line(script) + " isn't there, or can't be executed")
                .next("put the datastore's scripts there on " + answer.host().name() + ", executable for root")
                .build();
    }

    /** Of a script that should have changed something, and what it was to change isn't so. */
    static Failure unclear(HostAnswer answer, String what) {
        return answer.about(FailureKind.UNKNOWN_OUTCOME, "script.unclear", what)
                .why(ended(answer) + "; what it began may still be under way")
                .next("look at the storage and at the script's output; 'berth recover' goes on from what is there")
                .build();
    }

    /** Of a script that only looks. */
    static Failure blind(HostAnswer answer, String what) {
        return answer.storage("script.failed", what)
                .why(ended(answer))
                .next("put right what the script's output says, then try again")
                .build();
    }

    /** @param lacks what isn't so, though the script says it is done */
    static Failure untrue(HostAnswer answer, String code, String what, String lacks) {
        return answer.storage(code, what)
                .why("the script says that it is done, but " + lacks)
                .next("mend the script: 'berth storage test' tells what it does and doesn't")
                .build();
    }

    static Failure unreadable(HostAnswer answer, ScriptFunction function, String why) {
        return answer.storage("script.unreadable", "the answer of the script '" + function.word() + "' makes no sense")
                .why(why)
                .next("mend the script: it must print what docs/reference/script-storage.md says, and nothing else")
                .build();
    }

    static Failure absent(VolumeRef volume) {
        return Failure.of(FailureKind.STORAGE, "volume.absent", "there is no volume " + volume)
                .why("the script 'list' doesn't name it")
                .next("see what there is with 'berth checkpoint list'")
                .build();
    }

    private static String ended(HostAnswer answer) {
        return "the script ended with exit code " + answer.result().exitCode() + ", which the contract gives no meaning"
                + reason(answer);
    }

    /** The last thing it wrote to its error output. */
    private static String reason(HostAnswer answer) {
        return answer.result()
                .errorOutput()
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((first, last) -> last)
                .map(line -> ": " + Printable.line(line.strip()))
                .orElse("");
    }
}
