package io.berth.cli;

import java.util.List;

/** {@code berth completion ...}. */
final class CompletionVerbs {
    private CompletionVerbs() {}

    static Noun noun() {
        return new Noun(
                "completion",
                "Completion of command lines in a shell.",
                () -> List.of(Verb.of("bash", "Print a script for bash.", CompletionVerbs::bash)
                        .details("", "In ~/.bashrc: eval \"$(berth completion bash)\"")));
    }

    private static ExitCode bash(Invocation invocation) {
        invocation.session().output().print(BashCompletion.script(CommandTree.nouns(), CommandTree.verbs()));
        return ExitCode.DONE;
    }
}
