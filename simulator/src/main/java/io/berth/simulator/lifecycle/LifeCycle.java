package io.berth.simulator.lifecycle;

import io.berth.driver.HostRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One VM's life, and every order of what was asked for that explains what has been told and seen of it so far. An attempt
 * takes effect at some moment between the question and the answer, at once; one that is never answered may take effect
 * at any moment, or never. When no order is left, somebody was told something that isn't so.
 */
public final class LifeCycle {
    private final Set<Attempt> open = new LinkedHashSet<>();
    private final List<String> account = new ArrayList<>();
    private Set<State> possible;
    private int lastAsked;
    private int lastOutlived;

    public LifeCycle(Life start) {
        possible = Set.of(new State(start, Map.of()));
        account.add(start.toString());
    }

    /** One of the states things may be in; attempts that have come nowhere aren't mentioned. */
    private record State(Life life, Map<Attempt, Progress> progress) {
        Progress of(Attempt attempt) {
            return progress.getOrDefault(attempt, new Progress.Nothing());
        }

        State after(Attempt attempt, Progress.Move move) {
            var changed = new HashMap<>(progress);
            changed.put(attempt, move.progress());
            return new State(move.life(), changed);
        }

        State without(Attempt attempt) {
            var changed = new HashMap<>(progress);
            changed.remove(attempt);
            return new State(life, changed);
        }

        State with(Life other) {
            return new State(other, progress);
        }
    }

    public void asked(Attempt attempt) {
        open.add(attempt);
        lastAsked = attempt.number();
        account.add("asked: " + attempt);
    }

    /** Whether the VM has lost its memory, and was started anew, since it was asked for. */
    public boolean hasOutlived(Attempt attempt) {
        return attempt.number() <= lastOutlived;
    }

    /** Whether nobody has been told yet how it ended. */
    public boolean isOpen(Attempt attempt) {
        return open.contains(attempt);
    }

    /** Somebody was told how it ended; what is told of it after that can't be news, and is ignored. */
    public void told(Attempt attempt, Told told) {
        if (!open.contains(attempt)) {
            return;
        }
        account.add("told: " + attempt + " " + told);
        keep(state -> Progress.allows(told, attempt.wish(), state.of(attempt), state.life())
                || (told == Told.MEMORY_LOST && hasOutlived(attempt)));
        open.remove(attempt);
        change(state -> state.without(attempt));
    }

    /** Where the VM is, as the world shows while nobody works on it. */
    public void seen(Life life) {
        account.add("seen: " + life);
        keep(state -> state.life().equals(life));
    }

    /** Its host lost power, or its process there ended by itself. */
    public void perishedOn(HostRef host) {
        account.add("perished, if it was on " + host);
        explore();
        change(state -> state.life().equals(new Life.Alive(host)) ? state.with(new Life.Gone()) : state);
    }

    /** The storage lost what wasn't flushed: an image whose guest is ended already may have been all. */
    public void storageFailed() {
        if (open.stream().noneMatch(attempt -> attempt.wish().isFast())) {
            return;
        }
        account.add("the storage lost what wasn't flushed");
        explore();
        var all = new LinkedHashSet<>(possible);
        possible.stream()
                .filter(state -> state.life() instanceof Life.Alive)
                .forEach(state -> all.add(state.with(new Life.Gone())));
        possible = all;
    }

    /** It was started from its disk, with a memory of its own. */
    public void startedOn(HostRef host) {
        account.add("started anew on " + host);
        keep(state -> state.life() instanceof Life.Gone);
        lastOutlived = lastAsked;
        change(state -> state.with(new Life.Alive(host)));
    }

    /** How it came that nothing explains it; empty while something does. */
    public Optional<List<String>> contradiction() {
        return possible.isEmpty() ? Optional.of(List.copyOf(account)) : Optional.empty();
    }

    private void keep(Predicate<State> condition) {
        explore();
        var kept = new LinkedHashSet<State>();
        possible.stream().filter(condition).forEach(kept::add);
        possible = kept;
    }

    private void change(UnaryOperator<State> how) {
        var changed = new LinkedHashSet<State>();
        possible.forEach(state -> changed.add(how.apply(state)));
        possible = changed;
    }

    /** Adds all that open attempts may have brought about by now. */
    private void explore() {
        var all = new LinkedHashSet<>(possible);
        var left = new ArrayDeque<>(possible);
        while (!left.isEmpty()) {
            var state = left.remove();
            for (var attempt : open) {
                for (var move : Progress.moves(attempt.wish(), state.of(attempt), state.life())) {
                    var next = state.after(attempt, move);
                    if (all.add(next)) {
                        left.add(next);
                    }
                }
            }
        }
        possible = all;
    }
}
