package io.berth.cli;

import io.berth.driver.Cancellation;
import io.berth.engine.configuration.Configuration;
import io.berth.opennebula.action.MemoryScript;
import io.berth.opennebula.mad.Driver;
import io.berth.opennebula.mad.ScriptRun;
import io.berth.opennebula.mad.TmSettings;
import io.berth.opennebula.mad.VmmSettings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code berth mad ...}: the drivers that OpenNebula's core starts and speaks to. */
final class MadVerbs {
    private static final String NOUN = "mad";
    private static final String VMM = "vmm";
    private static final String TM = "tm";
    private static final String SAVE = "tmsave";
    private static final String RESTORE = "tmrestore";
    private static final Set<String> ALL = Set.of(VMM, TM, SAVE, RESTORE);

    private MadVerbs() {}

    static Noun noun() {
        return new Noun(
                NOUN,
                "Drivers for OpenNebula: its core starts them and speaks to them.",
                () -> List.of(
                        Verb.of(VMM, "Serve as OpenNebula's VM driver, until its core ends it.", MadVerbs::vmm)
                                .details(
                                        "",
                                        "For oned.conf, where EXECUTABLE is share/opennebula/one_vmm_berth of this"
                                                + " installation and",
                                        "ARGUMENTS is what it is for one_vmm_exec: '-t 15 -r 0 kvm -p'. All of it is"
                                                + " understood.")
                                .argument(Specs.many("ARGUMENTS", "As in oned.conf, in one word or in several.")),
                        Verb.of(TM, "Serve as OpenNebula's transfer manager, until its core ends it.", MadVerbs::tm)
                                .details(
                                        "",
                                        "For oned.conf, where EXECUTABLE is share/opennebula/one_tm_berth of this"
                                                + " installation and",
                                        "ARGUMENTS is what it is for one_tm: '-t 15 -d shared,ssh,qcow2'. All of it is"
                                                + " understood.")
                                .argument(Specs.many("ARGUMENTS", "As in oned.conf, in one word or in several.")),
                        script(SAVE, MemoryScript.SAVE),
                        script(RESTORE, MemoryScript.RESTORE)));
    }

    private static Verb script(String name, MemoryScript script) {
        var replaced = script.name().toLowerCase(Locale.ROOT);
        return Verb.of(
                        name,
                        "Be the script " + replaced + " of a hypervisor, for OpenNebula's own VM driver.",
                        invocation -> script(invocation, script))
                .details(
                        "",
                        "The site's script remotes/vmm/HYPERVISOR/" + name + " starts it, when oned.conf has '-l "
                                + replaced + "=" + name + "'",
                        "among the ARGUMENTS of that driver. The core's message is its input.")
                .argument(Specs.many("HYPERVISOR", "Its name, and the arguments of the script that is replaced."));
    }

    /** Whether the words are meant for a driver. */
    static boolean isMeant(List<String> words) {
        return words.size() > 2
                && words.getFirst().equals(NOUN)
                && ALL.contains(words.get(1))
                && !List.of("--help", "-h").contains(words.get(2));
    }

    /** A driver's words are its own: what looks like an option in them is none of the command line's. */
    static String[] shielded(String... arguments) {
        return isMeant(List.of(arguments))
                ? Stream.concat(
                                Stream.of(NOUN, arguments[1], "--"),
                                Stream.of(arguments).skip(2))
                        .toArray(String[]::new)
                : arguments;
    }

    private static ExitCode vmm(Invocation invocation) {
        var session = invocation.session();
        var settings = VmmSettings.read(invocation.words(), session.environment());
        var engines = new DriverEngines(session);
        engines.recover();
        return serve(Driver.vmm(session.input(), session.output(), settings, engines));
    }

    private static ExitCode tm(Invocation invocation) {
        var session = invocation.session();
        var settings = TmSettings.read(
                invocation.words(),
                session.environment(),
                name -> Optional.ofNullable(Configuration.read(session.home().configuration())
                        .directories()
                        .get(name)));
        return serve(Driver.tm(session.input(), session.output(), settings, new DriverEngines(session)));
    }

    /** OpenNebula's driver knows success and failure; a failure says that all is as before. */
    private static ExitCode script(Invocation invocation, MemoryScript script) {
        var session = invocation.session();
        var words = invocation.words();
        var settings = VmmSettings.read(words.subList(0, 1), session.environment());
        var cancellation = Cancellation.never();
        // Not in the signal's thread: listeners of the cancellation talk to hosts.
        Runnable stop = () -> Thread.ofVirtual().start(cancellation::request);
        try (var engines = new DriverEngines(session);
                var _ = session.interrupts().listen(stop)) {
            var run = new ScriptRun(settings, engines, session.errors(), cancellation);
            return run.run(script, words.subList(1, words.size()), session.input()) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static ExitCode serve(Driver driver) {
        try {
            return switch (driver.serve()) {
                case FINISHED -> ExitCode.DONE;
                case ABANDONED -> ExitCode.UNKNOWN;
            };
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCode.CANCELLED;
        }
    }
}
