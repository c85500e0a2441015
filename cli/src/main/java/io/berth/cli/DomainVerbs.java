package io.berth.cli;

import io.berth.cli.output.DifferenceText;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.hypervisor.Phase;
import java.util.List;
import java.util.Locale;

/** {@code berth domain ...}. */
final class DomainVerbs {
    private static final String PHASE = "--phase";
    private static final String XML = "--xml";

    private DomainVerbs() {}

    static Noun noun() {
        return new Noun(
                "domain",
                "Definitions of VMs.",
                () -> List.of(Verb.of(
                                "explain",
                                "Show what each transformation makes of a VM's definition.",
                                DomainVerbs::explain)
                        .options(
                                Specs.value(PHASE, "PHASE", "deploy or restore; restore by default."),
                                Specs.flag(XML, "Print the resulting definition alone."))
                        .argument(Specs.one("VM", "Its name or UUID."))));
    }

    private static ExitCode explain(Invocation invocation) {
        var phase = phase(invocation.text(PHASE).orElse("restore"));
        var session = invocation.session();
        var changes = session.engine().machines().explain(invocation.word(), phase);
        if (invocation.has(XML)) {
            changes.stream()
                    .reduce((first, second) -> second)
                    .map(DefinitionChange::after)
                    .ifPresent(definition -> session.output().println(definition));
            return ExitCode.DONE;
        }
        for (var change : changes) {
            session.output()
                    .println(change.transformation() + ": " + (change.isEffective() ? "changed" : "nothing to do"));
            DifferenceText.lines(change.before(), change.after())
                    .forEach(line -> session.output().println("  " + line));
        }
        return ExitCode.DONE;
    }

    private static Phase phase(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "deploy" -> Phase.DEPLOY;
            case "restore" -> Phase.RESTORE;
            default -> throw Usage.wrong("there is no phase '" + word + "'", "write --phase deploy or --phase restore");
        };
    }
}
