package io.berth.cli;

import io.berth.cli.output.Column;
import io.berth.cli.output.JsonField;
import io.berth.cli.output.Listing;
import io.berth.driver.HostRef;
import io.berth.engine.HostView;
import java.util.List;

/** {@code berth host ...}. */
final class HostVerbs {
    private static final String ADDRESS = "--address";
    private static final String ONLY_FORGET = "--only-forget";

    private HostVerbs() {}

    static Noun noun() {
        return new Noun(
                "host",
                "The hosts that Berth may work on.",
                () -> List.of(
                        Verb.of(
                                        "add",
                                        "Install the helper on a host and make it known; again: update it.",
                                        HostVerbs::add)
                                .options(Specs.value(
                                        ADDRESS,
                                        "ADDRESS",
                                        "What ssh is to connect to, as USER@HOST, or 'local' for this machine; the name"
                                                + " by default."))
                                .argument(Specs.one("NAME", "How Berth shall call it: letters, digits, . _ -")),
                        Verb.of("list", "List the hosts.", HostVerbs::list).options(ListOptions.all()),
                        Verb.of("check", "Look whether a host has all that Berth needs.", HostVerbs::check)
                                .options(ListOptions.all())
                                .argument(Specs.one("NAME", "The host.")),
                        HostEvacuate.verb(),
                        Verb.of("remove", "Take the helper away and forget the host.", HostVerbs::remove)
                                .options(Specs.flag(ONLY_FORGET, "The host is gone: don't try to reach it."))
                                .argument(Specs.one("NAME", "The host."))));
    }

    private static ExitCode add(Invocation invocation) {
        var host = new HostRef(invocation.word());
        var address = invocation.text(ADDRESS).orElse(host.name());
        invocation.session().engine().hosts().add(host, address);
        invocation.session().explain(host + ": added, the helper answers");
        return ExitCode.DONE;
    }

    private static ExitCode list(Invocation invocation) {
        ListCommand.print(
                invocation, listing(), invocation.session().engine().hosts().list());
        return ExitCode.DONE;
    }

    private static ExitCode check(Invocation invocation) {
        var check = invocation.session().engine().hosts().check(new HostRef(invocation.word()));
        return FindingListing.print(invocation, check.findings());
    }

    private static ExitCode remove(Invocation invocation) {
        var host = new HostRef(invocation.word());
        invocation.session().engine().hosts().remove(host, invocation.has(ONLY_FORGET));
        invocation.session().explain(host + ": removed");
        return ExitCode.DONE;
    }

    static Listing<HostView> listing() {
        return new Listing<>(
                List.of(
                        Column.of(
                                "NAME",
                                "The name it was added under.",
                                view -> view.host().name()),
                        Column.of("ADDRESS", "What ssh connects to, or `local`.", HostView::address),
                        Column.of("HYPERVISOR", "The driver.", HostView::hypervisor)),
                3,
                List.of(
                        new JsonField<>(
                                "name",
                                "the name it was added under",
                                view -> view.host().name()),
                        new JsonField<>("address", "what ssh connects to, or `local`", HostView::address),
                        new JsonField<>("hypervisor", "the driver", HostView::hypervisor)));
    }
}
