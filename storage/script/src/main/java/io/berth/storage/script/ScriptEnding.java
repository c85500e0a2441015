package io.berth.storage.script;

import io.berth.storage.hosts.HostAnswer;
import java.util.Arrays;

/** How a script ended, as the contract reads it. */
sealed interface ScriptEnding {
    /** It says that what was asked for is so. */
    record Done() implements ScriptEnding {}

    /** It says that nothing was changed, and why. */
    record Refused(Refusal refusal) implements ScriptEnding {}

    /** There is no such executable: nothing was run. */
    record Missing() implements ScriptEnding {}

    /** Any other exit code, and any signal: something of it may have been done. */
    record Unclear() implements ScriptEnding {}

    /** Why a script changed nothing. The codes are ones that programs and shells don't end with by accident. */
    enum Refusal {
        NOT_DONE(80),
        NO_ROOM(81),
        IN_USE(82),
        HOST_UNREACHABLE(83);

        private final int code;

        Refusal(int code) {
            this.code = code;
        }
    }

    static ScriptEnding of(HostAnswer answer) {
        var code = answer.result().exitCode();
        if (answer.succeeded()) {
            return new Done();
        }
        if (isFromEnv(code) && answer.result().errorOutput().startsWith("env: ")) {
            return new Missing();
        }
        return Arrays.stream(Refusal.values())
                .filter(refusal -> refusal.code == code)
                .findFirst()
                .<ScriptEnding>map(Refused::new)
                .orElseGet(Unclear::new);
    }

    /** Scripts end so too, when a program of theirs is missing; env speaks before any script does. */
    private static boolean isFromEnv(int code) {
        return code == 126 || code == 127;
    }
}
