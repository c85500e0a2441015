package io.berth.core.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who may begin, when each of several resources takes so many at once. Among those that wait for the same full resource
 * the first that came is the first to go. Others may pass those that wait, since a host that is busy is no reason for
 * another to stand idle; but the first in front of a full resource keeps a place free on everything else that it needs,
 * so that nobody is passed for ever. The same calls give the same order. Thread-safe.
 */
final class Turns {
    private final FleetLimits limits;
    private final List<Ticket> waiting = new ArrayList<>();
    private final Map<Resource, Integer> taken = new HashMap<>();

    Turns(FleetLimits limits) {
        this.limits = limits;
    }

    /**
     * Queues.
     *
     * @param wanted all at once, and never one of them alone
     * @param onTurn begins the work and returns at once; called in the thread of whoever made room, or in this one
     */
    Ticket queue(Set<Resource> wanted, Consumer<Ticket> onTurn) {
        var ticket = new Ticket(Set.copyOf(wanted), onTurn);
        change(() -> waiting.add(ticket));
        return ticket;
    }

    private void change(Runnable change) {
        List<Ticket> next;
        synchronized (this) {
            change.run();
            next = next();
        }
        next.forEach(ticket -> ticket.onTurn.accept(ticket));
    }

    private List<Ticket> next() {
        var next = new ArrayList<Ticket>();
        var kept = new HashMap<Resource, Integer>();
        var headed = new HashSet<Resource>();
        for (var ticket : waiting) {
            var full = ticket.wanted.stream()
                    .filter(resource -> room(resource, kept) <= 0)
                    .toList();
            if (full.isEmpty()) {
                ticket.wanted.forEach(resource -> taken.merge(resource, 1, Integer::sum));
                ticket.begun = true;
                next.add(ticket);
            } else if (full.stream().anyMatch(headed::add)) {
                headed.addAll(full);
                ticket.wanted.forEach(resource -> kept.merge(resource, 1, Integer::sum));
            }
        }
        waiting.removeAll(new HashSet<>(next));
        return next;
    }

    private int room(Resource resource, Map<Resource, Integer> kept) {
        return limits.of(resource) - taken.getOrDefault(resource, 0) - kept.getOrDefault(resource, 0);
    }

    /** A place in the queue, later a place at work. */
    final class Ticket {
        private final Set<Resource> wanted;
        private final Consumer<Ticket> onTurn;
        private boolean begun;
        private boolean over;

        private Ticket(Set<Resource> wanted, Consumer<Ticket> onTurn) {
            this.wanted = wanted;
            this.onTurn = onTurn;
        }

        /** Gives the place at work back. */
        void leave() {
            change(() -> {
                if (begun && !over) {
                    over = true;
                    wanted.forEach(resource -> taken.merge(resource, -1, Integer::sum));
                }
            });
        }

        /** Gives the place in the queue up; false when it is too late for that. */
        boolean withdraw() {
            var withdrawn = new boolean[1];
            change(() -> {
                withdrawn[0] = waiting.remove(this);
            });
            return withdrawn[0];
        }
    }
}
