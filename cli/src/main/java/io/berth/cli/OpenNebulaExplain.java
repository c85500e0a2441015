package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.Column;
import io.berth.cli.output.JsonField;
import io.berth.cli.output.JsonText;
import io.berth.cli.output.ListPrinter;
import io.berth.cli.output.Listing;
import io.berth.cli.output.Sheet;
import io.berth.opennebula.explain.Explanation;
import io.berth.opennebula.explain.HostSight;
import io.berth.opennebula.explain.Investigation;
import io.berth.opennebula.explain.Leftover;
import io.berth.opennebula.explain.Truth;
import io.berth.opennebula.oned.Oned;
import io.berth.opennebula.oned.Recovery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code berth opennebula explain}. */
final class OpenNebulaExplain {
    private static final String APPLY = "--apply";
    private static final String YES = "--yes";
    private static final String CONDITION =
            "only when no driver works on it any more: its log in /var/log/one stands still, no script of it runs";

    private OpenNebulaExplain() {}

    static Verb verb() {
        return Verb.of(
                        "explain",
                        "Look in what state a VM of OpenNebula really is, and say which 'onevm recover' is safe.",
                        OpenNebulaExplain::run)
                .details(
                        "",
                        "Asks OpenNebula's core (ONE_XMLRPC, ONE_AUTH as for its own commands), each host the VM may"
                                + " be on (by",
                        "oneadmin's ssh) and Berth's own hosts and datastores. Looking changes nothing.")
                .options(
                        Specs.flag(APPLY, "Then tell OpenNebula, after asking."),
                        Specs.flag(
                                YES,
                                "With --apply: yes, and no driver of OpenNebula works on the VM any more. Without it"
                                        + " you are asked; where nobody can be asked, nothing is done."),
                        Specs.json())
                .argument(Specs.one("VMID", "The VM's number in OpenNebula."));
    }

    private static ExitCode run(Invocation invocation) {
        var session = invocation.session();
        var investigation = Investigation.of(Oned.find(session.environment()), session.engine());
        var explanation = investigation.explain(number(invocation.word()));
        if (invocation.has(Specs.JSON)) {
            session.output().println(JsonText.of(json(explanation)));
        } else {
            print(session, explanation);
        }
        return invocation.has(APPLY) ? apply(invocation, investigation, explanation) : code(explanation);
    }

    private static int number(String word) {
        if (!word.matches("[0-9]{1,9}")) {
            throw Usage.wrong("'" + word + "' is no VM's number", "write the number that 'onevm list' shows");
        }
        return Integer.parseInt(word);
    }

    private static ExitCode apply(Invocation invocation, Investigation investigation, Explanation explanation) {
        var session = invocation.session();
        if (explanation.verdict().recovery().isPresent() && !invocation.has(YES) && !isMeant(session, explanation)) {
            return ExitCode.CANCELLED;
        }
        investigation.apply(explanation);
        session.explain("VM " + explanation.vm().id() + ": OpenNebula was told " + recovery(explanation));
        return ExitCode.DONE;
    }

    private static boolean isMeant(Session session, Explanation explanation) {
        var consent = session.consent();
        if (!consent.canBeAsked()) {
            throw Usage.wrong("nobody is there to be asked", "say --yes, or leave --apply out to look only");
        }
        return consent.isGiven("Nothing works on VM " + explanation.vm().id() + " any more. Run 'onevm recover "
                + recovery(explanation) + " " + explanation.vm().id() + "'?");
    }

    private static String recovery(Explanation explanation) {
        return explanation.verdict().recovery().map(Recovery::option).orElse("");
    }

    private static ExitCode code(Explanation explanation) {
        return switch (explanation.verdict().standing()) {
            case AGREED, RECOVERABLE -> ExitCode.DONE;
            case AT_ODDS -> ExitCode.REFUSED;
            case OPEN -> ExitCode.UNKNOWN;
        };
    }

    private static void print(Session session, Explanation explanation) {
        var vm = explanation.vm();
        var verdict = explanation.verdict();
        var sheet = new Sheet()
                .line("VM", vm.id() + " (" + Cells.text(vm.name()) + ")")
                .line("OPENNEBULA SAYS", vm.state().name())
                .line("IT IS", truth(explanation.truth()))
                .line("BECAUSE", verdict.why());
        verdict.recovery()
                .ifPresent(recovery -> sheet.line("SAFE", "onevm recover " + recovery.option() + " " + vm.id()));
        if (explanation.mayBeUnderWay()) {
            sheet.line("CONDITION", CONDITION);
        }
        if (!verdict.next().isEmpty()) {
            sheet.line("NEXT", verdict.next());
        }
        sheet.print(session.output());
        var printer = new ListPrinter(session.output(), true, session.terminal().output());
        table(session, printer, hosts(), explanation.facts().hosts());
        table(session, printer, leftovers(), explanation.leftovers());
    }

    private static <T> void table(Session session, ListPrinter printer, Listing<T> listing, List<T> items) {
        if (!items.isEmpty()) {
            session.output().println();
            printer.table(listing.columns(), items);
        }
    }

    private static Map<String, @Nullable Object> json(Explanation explanation) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        FIELDS.forEach(field -> object.put(field.name(), field.value().apply(explanation)));
        return object;
    }

    static final List<JsonField<Explanation>> FIELDS = List.of(
            new JsonField<>(
                    "vm", "the VM's number", explanation -> explanation.vm().id()),
            new JsonField<>(
                    "name",
                    "its owner's name for it",
                    explanation -> explanation.vm().name()),
            new JsonField<>(
                    "opennebula_state",
                    "STATE, or LCM_STATE while that is ACTIVE",
                    explanation -> explanation.vm().state().name()),
            new JsonField<>(
                    "truth",
                    "`runs`, `stands still`, `saved`, `nowhere`, `contradictory`, `in hand` (an operation of Berth"
                            + " isn't over), `untold`",
                    explanation -> truth(explanation.truth())),
            new JsonField<>(
                    "standing",
                    "`agreed`, `recoverable`, `at odds` (a person has to put it right), `open` (not known, or not"
                            + " over)",
                    explanation -> word(explanation.verdict().standing())),
            new JsonField<>(
                    "recovery",
                    "the option of `onevm recover` that is safe, or null",
                    explanation -> explanation
                            .verdict()
                            .recovery()
                            .map(Recovery::option)
                            .orElse(null)),
            new JsonField<>(
                    "only_when_idle",
                    "whether a driver may still be at work on it, which only a person can tell",
                    Explanation::mayBeUnderWay),
            new JsonField<>(
                    "why", "for people", explanation -> explanation.verdict().why()),
            new JsonField<>(
                    "next",
                    "for people; may be empty",
                    explanation -> explanation.verdict().next()),
            new JsonField<>(
                    "hosts",
                    "what was seen, as in the table of hosts",
                    explanation -> explanation.facts().hosts().stream()
                            .map(hosts()::json)
                            .toList()),
            new JsonField<>(
                    "leftovers",
                    "what other drivers left behind, as in the table",
                    explanation -> explanation.leftovers().stream()
                            .map(leftovers()::json)
                            .toList()));

    static Listing<HostSight> hosts() {
        return new Listing<>(
                List.of(
                        Column.of("HOST", "As OpenNebula calls it, or `front-end`.", HostSight::host),
                        Column.of(
                                "GUEST",
                                "`running`, `paused`, `between` (no telling), `absent`, `untold`, `unasked` (no libvirt there).",
                                sight -> word(sight.guest())),
                        Column.of(
                                "FOLDER",
                                "The VM's folder on its system datastore: `there`, `missing`, `untold`.",
                                sight -> word(sight.folder().presence())),
                        Column.of(
                                "CHECKPOINT",
                                "The file in it: `complete`, `unfinished`, `none`, `untold`.",
                                sight -> word(sight.folder().memory())),
                        Column.of("REMARK", "Why something isn't known.", sight -> Cells.text(sight.why()))),
                5,
                List.of(
                        new JsonField<>("host", "as the column", HostSight::host),
                        new JsonField<>("guest", "as the column", sight -> word(sight.guest())),
                        new JsonField<>(
                                "folder",
                                "as the column",
                                sight -> word(sight.folder().presence())),
                        new JsonField<>(
                                "checkpoint",
                                "as the column",
                                sight -> word(sight.folder().memory())),
                        new JsonField<>("remark", "may be empty", HostSight::why)));
    }

    static Listing<Leftover> leftovers() {
        return new Listing<>(
                List.of(
                        Column.of("PLACE", "The machine.", Leftover::place),
                        Column.of("LEFT BEHIND", "Its path.", leftover -> Cells.text(leftover.what())),
                        Column.of("REMARK", "Whose it is, and what to do with it.", Leftover::remark)),
                3,
                List.of(
                        new JsonField<>("place", "the machine", Leftover::place),
                        new JsonField<>("what", "its path", Leftover::what),
                        new JsonField<>("remark", "for people", Leftover::remark)));
    }

    private static String truth(Truth truth) {
        return switch (truth) {
            case Truth.Runs _ -> "runs";
            case Truth.StandsStill _ -> "stands still";
            case Truth.Saved _ -> "saved";
            case Truth.Nowhere _ -> "nowhere";
            case Truth.Contradictory _ -> "contradictory";
            case Truth.InHand _ -> "in hand";
            case Truth.Untold _ -> "untold";
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
