package io.berth.cli;

import io.berth.opennebula.mad.VmmDriver;
import io.berth.opennebula.mad.VmmSettings;
import java.util.List;
import java.util.stream.Stream;

/** {@code berth mad ...}: the drivers that OpenNebula's core starts and speaks to. */
final class MadVerbs {
    private static final String NOUN = "mad";
    private static final String VMM = "vmm";

    private MadVerbs() {}

    static Noun noun() {
        return new Noun(
                NOUN,
                "Drivers for OpenNebula: its core starts them and speaks to them.",
                () -> List.of(Verb.of(VMM, "Serve as OpenNebula's VM driver, until its core ends it.", MadVerbs::vmm)
                        .details(
                                "",
                                "For oned.conf, where EXECUTABLE is share/opennebula/one_vmm_berth of this"
                                        + " installation and",
                                "ARGUMENTS is what it is for one_vmm_exec: '-t 15 -r 0 kvm -p'. All of it is"
                                        + " understood.")
                        .argument(Specs.many("ARGUMENTS", "As in oned.conf, in one word or in several."))));
    }

    /** Whether the words are meant for a driver. */
    static boolean isMeant(List<String> words) {
        return words.size() > 2
                && words.getFirst().equals(NOUN)
                && words.get(1).equals(VMM)
                && !List.of("--help", "-h").contains(words.get(2));
    }

    /** A driver's words are its own: what looks like an option in them is none of the command line's. */
    static String[] shielded(String... arguments) {
        return isMeant(List.of(arguments))
                ? Stream.concat(Stream.of(NOUN, VMM, "--"), Stream.of(arguments).skip(2))
                        .toArray(String[]::new)
                : arguments;
    }

    private static ExitCode vmm(Invocation invocation) {
        var session = invocation.session();
        var settings = VmmSettings.read(invocation.words(), session.environment());
        var engines = new DriverEngines(session);
        try {
            engines.recover();
            var end = new VmmDriver(session.input(), session.output(), settings, engines).serve();
            return switch (end) {
                case FINISHED -> ExitCode.DONE;
                case ABANDONED -> ExitCode.UNKNOWN;
            };
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCode.CANCELLED;
        }
    }
}
