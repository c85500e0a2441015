package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Runs commands and makes failures of those that fail. Thread-safe. */
final class Virsh {
    private final HostTransport transport;

    Virsh(HostTransport transport) {
        this.transport = transport;
    }

    /** A new text that no guest's definition holds. */
    static String mark() {
        return "berth-" + UUID.randomUUID();
    }

    CommandResult look(HostRef host, String... argv) {
        return transport.run(host, HostCommand.reading(argv));
    }

    CommandResult look(HostRef host, byte[] stdin, String... argv) {
        return transport.run(host, HostCommand.reading(argv).withStdin(stdin));
    }

    /** Asks the library first. */
    CommandResult look(HostRef host, Question question) {
        var result = look(host, question.libraryCommand());
        return result.exitCode() == Question.NO_LIBRARY ? look(host, question.virshCommand()) : result;
    }

    /** The output of a command that has to succeed. */
    String answer(HostRef host, String what, String... argv) {
        return checked(host, what, look(host, argv), argv).output();
    }

    void change(Call call, HostRef host, String what, String... argv) {
        change(call, host, what, new byte[0], argv);
    }

    void change(Call call, HostRef host, String what, byte[] stdin, String... argv) {
        checked(host, what, attempt(call, host, stdin, argv), argv);
    }

    CommandResult attempt(Call call, HostRef host, byte[] stdin, String... argv) {
        return transport.run(host, HostCommand.changing(call, argv).withStdin(stdin));
    }

    CommandResult run(HostRef host, HostCommand command) {
        return transport.run(host, command);
    }

    /** Tries the library first. What it could not reach it has not done. */
    CommandResult attempt(Call call, HostRef host, Question deed) {
        var result = attempt(call, host, new byte[0], deed.libraryCommand());
        return result.exitCode() == Question.NO_LIBRARY
                ? attempt(call, host, new byte[0], deed.virshCommand())
                : result;
    }

    /**
     * Asks several questions at once.
     *
     * @param argv builds the command around the mark
     * @param parts how many answers there have to be
     */
    Answers several(HostRef host, String what, int parts, Function<String, String[]> argv) {
        var mark = mark();
        var command = argv.apply(mark);
        return answers(host, what, parts, mark, look(host, command), command);
    }

    /** The same for questions that the library answers too. */
    Answers severalQuickly(HostRef host, String what, int parts, Function<String, Question> questions) {
        var mark = mark();
        var question = questions.apply(mark);
        var result = look(host, question.libraryCommand());
        return result.exitCode() == Question.NO_LIBRARY
                ? answers(host, what, parts, mark, look(host, question.virshCommand()), question.virshCommand())
                : answers(host, what, parts, mark, result, question.libraryCommand());
    }

    private static Answers answers(
            HostRef host, String what, int parts, String mark, CommandResult result, String... command) {
        var answers = split(result.output(), mark);
        if (result.truncated() || answers.size() != parts) {
            throw result.succeeded() ? tooMuch(host, what, command) : VirshErrors.failure(host, what, result, command);
        }
        return new Answers(answers, result);
    }

    CommandResult checked(HostRef host, String what, CommandResult result, String... argv) {
        if (!result.succeeded()) {
            throw VirshErrors.failure(host, what, result, argv);
        }
        return result;
    }

    private static Failure tooMuch(HostRef host, String what, String... argv) {
        return Failure.of(FailureKind.HYPERVISOR, "libvirt.odd-answer", what)
                .why("virsh's answer was cut or incomplete")
                .next("run the command by hand on the host")
                .host(host)
                .command(String.join(" ", argv))
                .build();
    }

    private static List<String> split(String output, String mark) {
        var parts = new ArrayList<String>();
        var from = 0;
        for (var at = output.indexOf(mark); at >= 0; at = output.indexOf(mark, from)) {
            parts.add(output.substring(from, at));
            // virsh's echo ends no line: what follows begins right behind the mark.
            from = at + mark.length();
        }
        parts.add(output.substring(from));
        return parts;
    }

    /**
     * What several questions brought. virsh goes on after one that failed, so that an answer may be empty; the exit
     * code is the last one's.
     */
    record Answers(List<String> parts, CommandResult result) {
        Answers {
            parts = List.copyOf(parts);
        }

        String part(int index) {
            return parts.get(index).strip();
        }
    }
}
