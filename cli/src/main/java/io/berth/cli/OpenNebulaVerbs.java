package io.berth.cli;

import io.berth.engine.configuration.Configuration;
import io.berth.opennebula.oned.Oned;
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
                        OpenNebulaSetup.install(),
                        OpenNebulaSetup.uninstall()));
    }

    private static ExitCode check(Invocation invocation) {
        var session = invocation.session();
        var environment = session.environment();
        var check = new SiteCheck(
                SitePlaces.find(environment),
                () -> Oned.find(environment),
                session.engine(),
                Configuration.read(session.home().configuration()).datastores().keySet());
        return FindingListing.print(invocation, check.findings());
    }
}
