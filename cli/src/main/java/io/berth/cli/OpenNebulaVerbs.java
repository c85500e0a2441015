package io.berth.cli;

import io.berth.engine.configuration.Configuration;
import io.berth.opennebula.capacity.SystemDatastores;
import io.berth.opennebula.explain.Sweep;
import io.berth.opennebula.oned.Oned;
import io.berth.opennebula.options.SiteFolders;
import io.berth.opennebula.site.SiteCheck;
import io.berth.opennebula.site.SitePlaces;
import java.util.List;

/** {@code berth opennebula ...}: beside an OpenNebula, whether its drivers are Berth's or not. */
final class OpenNebulaVerbs {
    private OpenNebulaVerbs() {}

    static Noun noun() {
        return new Noun(
                "opennebula",
                "For who runs an OpenNebula: to be used on its front-end.",
                () -> List.of(
                        OpenNebulaExplain.verb(),
                        Verb.of(
                                        "check",
                                        "Look whether OpenNebula's front-end, hosts and datastores and Berth fit each other.",
                                        OpenNebulaVerbs::check)
                                .options(ListOptions.all()),
                        Verb.of(
                                        "gc",
                                        "Name what OpenNebula's drivers have left behind on hosts and storage, and whose it"
                                                + " is.",
                                        OpenNebulaVerbs::sweep)
                                .details(
                                        "",
                                        "Asks OpenNebula's core, each host (by oneadmin's ssh) and the storage of drivers"
                                                + " that keep memory in",
                                        "volumes. Deletes nothing. What Berth itself has left is told by 'berth gc'.")
                                .options(ListOptions.all()),
                        Verb.of(
                                        "capacity",
                                        "Tell OpenNebula the room of a system datastore, with its checkpoints counted.",
                                        OpenNebulaVerbs::capacity)
                                .details(
                                        "",
                                        "In place of the script monitor of the datastore's storage driver: 'berth"
                                                + " opennebula install --capacity'",
                                        "puts it there. The core's message is its input.")
                                .argument(Specs.one("DATASTORE", "Its number.")),
                        OpenNebulaSetup.install(),
                        OpenNebulaSetup.uninstall()));
    }

    private static ExitCode sweep(Invocation invocation) {
        var session = invocation.session();
        var findings = Sweep.of(Oned.find(session.environment())).findings();
        ListCommand.print(invocation, OpenNebulaExplain.leftovers(), findings.leftovers());
        findings.silent().forEach(session::complain);
        return findings.silent().isEmpty() ? ExitCode.DONE : ExitCode.UNKNOWN;
    }

    private static ExitCode capacity(Invocation invocation) {
        var session = invocation.session();
        var environment = session.environment();
        var datastores =
                new SystemDatastores(SiteFolders.of(environment), session::engine, () -> Oned.find(environment));
        session.output().print(datastores.room(invocation.word(), session.input()));
        return ExitCode.DONE;
    }

    private static ExitCode check(Invocation invocation) {
        var session = invocation.session();
        var environment = session.environment();
        var configuration = Configuration.read(session.home().configuration());
        var check = new SiteCheck(
                SitePlaces.find(environment),
                () -> Oned.find(environment),
                session.engine(),
                configuration.datastores().keySet(),
                configuration.directories());
        return FindingListing.print(invocation, check.findings());
    }
}
