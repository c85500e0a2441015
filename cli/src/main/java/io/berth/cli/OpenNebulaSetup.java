package io.berth.cli;

import io.berth.cli.output.DifferenceText;
import io.berth.engine.Installation;
import io.berth.opennebula.oned.Oned;
import io.berth.opennebula.site.Departure;
import io.berth.opennebula.site.SiteChange;
import io.berth.opennebula.site.SitePlaces;
import io.berth.opennebula.site.SiteSetup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code berth opennebula install} and {@code uninstall}. */
final class OpenNebulaSetup {
    private static final String APPLY = "--apply";
    private static final String LAUNCHER = "--launcher";
    private static final String CAPACITY = "--capacity";

    private OpenNebulaSetup() {}

    static Verb install() {
        return Verb.of(
                        "install",
                        "Show what makes Berth's VM driver known to OpenNebula, beside the stock ones; --apply does it.",
                        OpenNebulaSetup::installed)
                .details(
                        "",
                        "Adds a block of lines at the end of oned.conf and of vmm_execrc, and the scripts tmsave and tmrestore, which",
                        "nothing runs before you name them. Hosts take the driver when you say so: 'onehost create NAME -i kvm -v",
                        "berth-kvm'.")
                .options(
                        Specs.flag(APPLY, "Do it; what was there stays beside it as FILE.before-berth."),
                        Specs.value(
                                LAUNCHER,
                                "PATH",
                                "What oned is to start; share/opennebula/one_vmm_berth of this installation by default."),
                        Specs.values(
                                List.of(CAPACITY),
                                "TM_MAD",
                                "Put a script in the place of this storage driver's monitor, which asks Berth for datastores with"
                                        + " BERTH_CAPACITY and runs that one for all others."));
    }

    static Verb uninstall() {
        return Verb.of(
                        "uninstall",
                        "Show what takes Berth's VM driver out of OpenNebula again; --apply does it.",
                        OpenNebulaSetup::uninstalled)
                .details(
                        "",
                        "With --apply it is refused while a host has the driver, or a VM's memory is where only Berth restores it.")
                .options(Specs.flag(APPLY, "Do it."));
    }

    private static ExitCode installed(Invocation invocation) {
        var setup = setup(invocation);
        var changes = new ArrayList<>(setup.installation());
        changes.addAll(setup.capacity(invocation.texts(CAPACITY)));
        return show(invocation, changes);
    }

    private static ExitCode uninstalled(Invocation invocation) {
        var session = invocation.session();
        if (invocation.has(APPLY)) {
            Departure.refuseIfAnyoneIsLeftBehind(Oned.find(session.environment()), session.engine());
        }
        return show(invocation, setup(invocation).removal());
    }

    private static SiteSetup setup(Invocation invocation) {
        var launcher = invocation
                .text(LAUNCHER)
                .map(Path::of)
                .orElseGet(() -> Installation.jars().resolveSibling("share/opennebula/one_vmm_berth"));
        return new SiteSetup(
                SitePlaces.find(invocation.session().environment()),
                launcher.toAbsolutePath().normalize());
    }

    private static ExitCode show(Invocation invocation, List<SiteChange> changes) {
        var session = invocation.session();
        for (var change : changes) {
            session.output().println(change.path() + ": " + (change.isEffective() ? "changed" : "nothing to do"));
            DifferenceText.lines(change.before(), change.after())
                    .forEach(line -> session.output().println("  " + line));
        }
        if (invocation.has(APPLY)) {
            SiteSetup.apply(changes);
            session.explain("done; oned reads it when it is started anew: systemctl restart opennebula");
        }
        return ExitCode.DONE;
    }
}
