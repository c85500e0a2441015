package io.berth.hypervisor.libvirt;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Sees the guests of a host: what libvirt says, and what runs without libvirt knowing. Thread-safe.
 *
 * <p>One look asks for domains and processes at once. Where virsh has to answer it is asked for all guests, also when one
 * is meant: virsh takes a UUID that no domain has for a domain's name, and a guest's owner may call it anything.
 */
final class GuestFinder {
    private final Virsh virsh;
    private final VirshCommands commands;

    GuestFinder(Virsh virsh, VirshCommands commands) {
        this.virsh = virsh;
        this.commands = commands;
    }

    List<GuestView> list(HostRef host) {
        return List.copyOf(look(host, "").values());
    }

    Optional<GuestView> find(HostRef host, UUID vm) {
        return Optional.ofNullable(look(host, vm.toString()).get(vm));
    }

    /** Whether the guest stands there paused as a restore leaves it, never resumed since. */
    boolean isRestored(HostRef host, UUID vm) {
        return survey(host, vm.toString()).domains().stream()
                .filter(domain -> domain.state().isRestored())
                .flatMap(domain -> settle(host, domain).stream())
                .anyMatch(domain -> domain.state().isRestored());
    }

    /** Processes that run the guest, whatever libvirt says. */
    List<GuestProcess> processes(HostRef host, String vm) {
        return GuestProcess.parse(virsh.answer(host, "can't look for guests' processes", commands.processes(vm)));
    }

    /** @param only a UUID, or empty for all */
    private Map<UUID, GuestView> look(HostRef host, String only) {
        var seen = survey(host, only);
        var orphans = orphans(seen);
        if (!orphans.isEmpty()) {
            // A guest that ended or began between the two questions seems to be one as well: look again.
            seen = survey(host, only);
            orphans.entrySet().retainAll(orphans(seen).entrySet());
        }
        var views = new HashMap<UUID, GuestView>();
        for (var domain : seen.domains()) {
            view(host, domain).ifPresent(view -> views.put(domain.uuid(), view));
        }
        orphans.forEach((vm, pid) -> views.put(vm, orphan(host, vm, pid, Optional.ofNullable(views.get(vm)))));
        return views;
    }

    private static List<SurveyedDomain> relevant(List<SurveyedDomain> domains, String only) {
        return only.isEmpty()
                ? domains
                : domains.stream()
                        .filter(domain -> domain.uuid().toString().equals(only))
                        .toList();
    }

    /** @param only a UUID, or empty for all */
    private HostLook survey(HostRef host, String only) {
        var result = virsh.look(host, commands.look(only));
        if (result.exitCode() == Question.NO_LIBRARY) {
            return new HostLook(relevant(domainsByVirsh(host), only), processes(host, only));
        }
        var what = "can't look at the host's guests";
        return HostLook.parse(
                virsh.checked(host, what, result, commands.look(only)).output());
    }

    private List<SurveyedDomain> domainsByVirsh(HostRef host) {
        var answers = virsh.several(host, "can't ask libvirt for its guests", 3, commands::survey);
        if (!answers.result().succeeded()) {
            throw VirshErrors.failure(host, "can't ask libvirt for its guests", answers.result(), "virsh", "domstats");
        }
        return SurveyParser.parse(
                answers.parts().get(0), answers.parts().get(1), answers.parts().get(2));
    }

    private static Map<UUID, Long> orphans(HostLook seen) {
        Set<UUID> owned = seen.domains().stream()
                .filter(domain -> domain.state().guestState() != GuestState.SHUT_OFF)
                .map(SurveyedDomain::uuid)
                .collect(Collectors.toSet());
        var orphans = new HashMap<UUID, Long>();
        for (var process : seen.processes()) {
            if (!owned.contains(process.guest())) {
                orphans.put(process.guest(), process.pid());
            }
        }
        return orphans;
    }

    private static GuestView orphan(HostRef host, UUID vm, long pid, Optional<GuestView> known) {
        var reason = "process " + pid + " runs it, libvirt denies it";
        return new GuestView(
                known.map(GuestView::vm).orElseGet(() -> new VmRef(vm, vm.toString())),
                host,
                GuestState.ORPHANED,
                reason,
                known.map(GuestView::persistent).orElse(false));
    }

    /** Empty when it is gone by now. */
    private Optional<GuestView> view(HostRef host, SurveyedDomain domain) {
        var seen = domain.state().isInTransit() ? settle(host, domain) : Optional.of(domain);
        return seen.map(one -> new GuestView(
                new VmRef(one.uuid(), one.name()),
                host,
                one.state().guestState(),
                one.state().words(),
                one.persistent()));
    }

    /** Waits a little for a job that libvirt doesn't name to end, and looks again. Under way still: state BUSY. */
    private Optional<SurveyedDomain> settle(HostRef host, SurveyedDomain domain) {
        var mark = Virsh.mark();
        var result = virsh.look(host, commands.settled(mark, domain.uuid()));
        var answer = result.output();
        var jobEnds = answer.indexOf(mark);
        if (jobEnds < 0
                || !result.succeeded()
                || JobStatistics.parse(answer.substring(0, jobEnds)).active()) {
            return again(host, domain.uuid()).map(one -> one.state().isInTransit() ? busy(one) : one);
        }
        return again(host, domain.uuid());
    }

    private Optional<SurveyedDomain> again(HostRef host, UUID vm) {
        return survey(host, vm.toString()).domains().stream().findFirst();
    }

    private static SurveyedDomain busy(SurveyedDomain domain) {
        return new SurveyedDomain(domain.uuid(), domain.name(), domain.persistent(), DomainState.UNTOLD);
    }

    /** @throws Failure {@code vm.absent} */
    GuestView existing(HostRef host, VmRef vm) {
        return find(host, vm.uuid()).orElseThrow(() -> GuestFailures.absent(host, vm));
    }
}
