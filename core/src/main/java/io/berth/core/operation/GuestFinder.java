package io.berth.core.operation;

import io.berth.core.Drivers;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.hypervisor.GuestView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/** Looks for guests on every host. */
final class GuestFinder {
    private final Drivers drivers;
    private final Fanout fanout;

    GuestFinder(Drivers drivers, Fanout fanout) {
        this.drivers = drivers;
        this.fanout = fanout;
    }

    /**
     * What the hosts say.
     *
     * @param silent hosts that couldn't be asked
     */
    record Sighting(List<GuestView> views, SortedSet<HostRef> silent) {}

    /** Everything every host knows. */
    Sighting all(Collection<HostRef> hosts) {
        return ask(hosts, host -> drivers.hypervisor(host).list(host));
    }

    /** One VM, orphaned processes included. */
    Sighting of(UUID vm, Collection<HostRef> hosts) {
        return ask(
                hosts, host -> drivers.hypervisor(host).find(host, vm).stream().toList());
    }

    /**
     * The one guest of that name or UUID that is alive, or, if none is, the one that is defined.
     *
     * @throws Failure {@code vm.unknown}, {@code vm.ambiguous} (CALLER)
     */
    GuestView resolve(String nameOrUuid, Collection<HostRef> hosts) {
        var seen = all(hosts);
        var matching =
                seen.views().stream().filter(view -> isMeant(view, nameOrUuid)).toList();
        var alive = matching.stream().filter(view -> view.state().isAlive()).toList();
        var candidates = alive.isEmpty() ? matching : alive;
        if (candidates.stream().map(view -> view.vm().uuid()).distinct().count() > 1) {
            throw Failure.of(
                            FailureKind.CALLER, "vm.ambiguous", "more than one VM is named '" + shown(nameOrUuid) + "'")
                    .why(candidates.stream()
                            .map(view -> view.vm().uuid() + " on " + view.host())
                            .toList()
                            .toString())
                    .next("use the UUID")
                    .build();
        }
        return candidates.stream().findFirst().orElseThrow(() -> unknown(nameOrUuid, seen.silent()));
    }

    static Failure unknown(String nameOrUuid, Collection<HostRef> silent) {
        return Failure.of(FailureKind.CALLER, "vm.unknown", "no VM '" + shown(nameOrUuid) + "'")
                .why(silent.isEmpty() ? "no host knows it" : "no host that answers knows it; silent: " + silent)
                .next("see 'berth vm list'")
                .build();
    }

    private static boolean isMeant(GuestView view, String nameOrUuid) {
        return view.vm().name().equals(nameOrUuid)
                || view.vm().uuid().toString().equals(nameOrUuid.toLowerCase(Locale.ROOT));
    }

    private static String shown(String text) {
        return Printable.line(text);
    }

    private Sighting ask(Collection<HostRef> hosts, Function<HostRef, List<GuestView>> question) {
        var answers = fanout.ask(hosts, host -> answer(host, question));
        var views = new ArrayList<GuestView>();
        var silent = new TreeSet<HostRef>();
        answers.forEach((host, answer) -> {
            views.addAll(answer.views());
            silent.addAll(answer.silent());
        });
        return new Sighting(List.copyOf(views), silent);
    }

    private static Sighting answer(HostRef host, Function<HostRef, List<GuestView>> question) {
        try {
            return new Sighting(question.apply(host), new TreeSet<>());
        } catch (Failure _) {
            return new Sighting(List.of(), new TreeSet<>(List.of(host)));
        }
    }
}
