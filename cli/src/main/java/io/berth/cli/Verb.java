package io.berth.cli;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Something to do, as the command line has it.
 *
 * @param summary one line for the list of commands
 * @param details more for its own help, a line each
 * @param options in the order of the help; made anew for each parse
 * @param arguments the words that aren't options
 * @param action does it
 */
record Verb(
        String name,
        String summary,
        List<String> details,
        List<OptionSpec> options,
        List<PositionalParamSpec> arguments,
        Function<Invocation, ExitCode> action) {
    static Verb of(String name, String summary, Function<Invocation, ExitCode> action) {
        return new Verb(name, summary, List.of(), List.of(), List.of(), action);
    }

    Verb details(String... lines) {
        return new Verb(name, summary, List.of(lines), options, arguments, action);
    }

    Verb options(OptionSpec... specs) {
        return new Verb(name, summary, details, List.of(specs), arguments, action);
    }

    Verb options(List<OptionSpec> specs) {
        return new Verb(name, summary, details, List.copyOf(specs), arguments, action);
    }

    Verb argument(PositionalParamSpec spec) {
        return new Verb(name, summary, details, options, List.of(spec), action);
    }
}
