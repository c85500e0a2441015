package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.JsonText;
import io.berth.cli.output.Sheet;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent;
import io.berth.driver.OperationId;
import io.berth.engine.OperationDetail;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code berth operation ...}. */
final class OperationVerbs {
    private static final String VM = "--vm";
    private static final String LIMIT = "--limit";
    private static final int USUAL = 50;

    private OperationVerbs() {}

    static Noun noun() {
        return new Noun(
                "operation",
                "What was and is being done.",
                () -> List.of(
                        Verb.of("list", "List operations, the newest first.", OperationVerbs::list)
                                .options(ListOptions.all(
                                        Specs.value(VM, "VM", "Only of this VM."),
                                        Specs.value(LIMIT, "N", "At most so many, 1 to 100000; 50 by default."))),
                        Verb.of("show", "Show an operation with its steps.", OperationVerbs::show)
                                .options(Specs.json())
                                .argument(Specs.one("ID", "The operation.")),
                        Verb.of(
                                        "cancel",
                                        "Stop an operation that runs, and wait until it is undone.",
                                        OperationVerbs::cancel)
                                .argument(Specs.one("ID", "The operation."))));
    }

    private static ExitCode list(Invocation invocation) {
        var session = invocation.session();
        var limit = invocation.text(LIMIT).map(OperationVerbs::number).orElse(USUAL);
        var machine = invocation.text(VM);
        // By name as the journal has it: the VM may be gone by now.
        var entries = session.engine().operations().list(Optional.empty(), machine.isPresent() ? 100_000 : limit);
        var wanted = machine.isEmpty()
                ? entries
                : entries.stream()
                        .filter(entry -> entry.vm().name().equals(machine.get())
                                || entry.vm()
                                        .uuid()
                                        .toString()
                                        .equals(machine.get().toLowerCase(Locale.ROOT)))
                        .limit(limit)
                        .toList();
        ListCommand.print(invocation, OperationListing.at(session::now), wanted);
        return ExitCode.DONE;
    }

    private static int number(String text) {
        try {
            var number = Integer.parseInt(text);
            if (number >= 1 && number <= 100_000) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw Usage.wrong("'" + text + "' is no limit", "write a number from 1 to 100000");
    }

    private static ExitCode show(Invocation invocation) {
        var session = invocation.session();
        var detail = session.engine().operations().find(new OperationId(invocation.word()));
        if (invocation.has(Specs.JSON)) {
            var object = OperationListing.at(session::now).json(detail.operation());
            object.put("owner", detail.owner().orElse(null));
            object.put("plan", detail.plan());
            object.put(
                    "events", detail.events().stream().map(OperationVerbs::json).toList());
            session.output().println(JsonText.of(object));
        } else {
            print(session, detail);
        }
        return ExitCode.DONE;
    }

    private static Map<String, Object> json(StepEvent event) {
        return Map.of(
                "step", event.step(),
                "direction", event.direction().name().toLowerCase(Locale.ROOT),
                "phase", event.phase().name().toLowerCase(Locale.ROOT),
                "outputs", event.outputs(),
                "detail", event.detail());
    }

    private static void print(Session session, OperationDetail detail) {
        var operation = detail.operation();
        new Sheet()
                .line("ID", operation.id().id())
                .line("KIND", operation.kind())
                .line("VM", operation.vm().toString())
                .line("STATE", operation.state().name())
                .line("MESSAGE", Cells.text(operation.message()))
                .line("BEGUN", operation.begun().toString())
                .line("CHANGED", operation.changed().toString())
                .line("PROCESS", detail.owner().map(Cells::text).orElse(Cells.NOTHING))
                .print(session.output());
        session.output().println();
        session.output().println("PLAN");
        detail.plan().forEach(session.output()::println);
        session.output().println();
        session.output().println("WHAT HAPPENED");
        detail.events().forEach(event -> session.output().println(line(event)));
    }

    private static String line(StepEvent event) {
        var text = new StringBuilder("  ").append(event.step());
        if (event.direction() == StepEvent.Direction.UNDO) {
            text.append(", undo");
        }
        text.append(": ").append(event.phase().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (!event.outputs().isEmpty()) {
            text.append(' ').append(Cells.text(event.outputs().toString()));
        }
        if (!event.detail().isEmpty()) {
            text.append(", ").append(Cells.text(event.detail()));
        }
        return text.toString();
    }

    private static ExitCode cancel(Invocation invocation) {
        var session = invocation.session();
        var ended = session.engine().operations().cancel(new OperationId(invocation.word()));
        session.explain(ended.id() + ": " + ended.state() + ", " + Cells.text(ended.message()));
        // To have failed and been undone is what was asked for.
        return ended.state() == OperationState.FAILED ? ExitCode.DONE : ExitCode.of(ended.state());
    }
}
