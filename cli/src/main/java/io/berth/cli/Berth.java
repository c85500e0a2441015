package io.berth.cli;

import io.berth.cli.output.FailureText;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.NearestWord;
import io.berth.driver.Printable;
import io.berth.engine.Version;
import io.berth.engine.configuration.Home;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reads a command line and has it done. */
final class Berth {
    private final Surroundings surroundings;

    Berth(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Never throws: whatever goes wrong is told on standard error and in the exit code. */
    int run(String... arguments) {
        try {
            return execute(arguments).number();
        } catch (ParameterException wrong) {
            return misunderstood(wrong).number();
        } catch (Failure failure) {
            FailureText.lines(failure).forEach(surroundings.errors()::println);
            return ExitCode.of(failure).number();
        } catch (RuntimeException bug) {
            FailureText.lines(bug(bug)).forEach(surroundings.errors()::println);
            return ExitCode.BUG.number();
        } finally {
            surroundings.output().flush();
            surroundings.errors().flush();
        }
    }

    private ExitCode execute(String[] arguments) {
        var tree = CommandTree.build(List.of(arguments));
        var levels = levels(tree.parseArgs(MadVerbs.shielded(arguments)));
        var last = levels.getLast();
        if (last.isVersionHelpRequested() || Invocation.has(levels, "--version")) {
            surroundings.output().println("berth " + Version.text());
            return ExitCode.DONE;
        }
        var verb = verb(levels);
        if (verb.isEmpty() || last.isUsageHelpRequested()) {
            last.commandSpec().commandLine().usage(surroundings.output());
            return ExitCode.DONE;
        }
        try (var session = session(levels)) {
            return verb.get().apply(new Invocation(levels, session));
        }
    }

    private static List<ParseResult> levels(ParseResult top) {
        var levels = new ArrayList<>(List.of(top));
        while (levels.getLast().hasSubcommand()) {
            levels.add(levels.getLast().subcommand());
        }
        return levels;
    }

    private static Optional<Function<Invocation, ExitCode>> verb(List<ParseResult> levels) {
        return Optional.ofNullable(levels.getLast().commandSpec().userObject())
                .filter(Verb.class::isInstance)
                .map(verb -> ((Verb) verb).action());
    }

    private Session session(List<ParseResult> levels) {
        var home = Home.find(
                Invocation.text(levels, Specs.HOME).map(Path::of), surroundings.environment(), surroundings.isRoot());
        return new Session(
                surroundings,
                home,
                Invocation.has(levels, Specs.VERBOSE),
                Invocation.has(levels, Specs.DEBUG),
                !Invocation.has(levels, Specs.NO_DAEMON));
    }

    private ExitCode misunderstood(ParameterException wrong) {
        var command = wrong.getCommandLine();
        var errors = surroundings.errors();
        errors.println("berth: " + Printable.line(String.valueOf(wrong.getMessage())));
        suggestion(wrong, command).ifPresent(word -> errors.println("  why:     did you mean '" + word + "'?"));
        errors.println("  code:    usage.wrong");
        errors.println("  -> see '" + command.getCommandSpec().qualifiedName() + " --help'");
        return ExitCode.USAGE;
    }

    private static Optional<String> suggestion(ParameterException wrong, CommandLine command) {
        if (!(wrong instanceof CommandLine.UnmatchedArgumentException unmatched)) {
            return Optional.empty();
        }
        var known = Stream.concat(
                        command.getSubcommands().keySet().stream(),
                        command.getCommandSpec().optionsMap().keySet().stream())
                .toList();
        return unmatched.getUnmatched().stream()
                .flatMap(word -> NearestWord.to(word, known).stream())
                .findFirst();
    }

    private static Failure bug(RuntimeException bug) {
        return Failure.of(FailureKind.BUG, "berth.broken", "Berth itself is wrong")
                .why(bug.toString())
                .next("please report it, with the log; 'berth recover' puts right what was left half done")
                .cause(bug)
                .build();
    }
}
