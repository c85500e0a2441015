package io.berth.simulator.history;

import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a script that breaks the promise as short as it gets: leaves out larger and smaller parts of it, as long as the
 * same thing is broken still (delta debugging, Zeller and Hildebrandt 2002), then joins what can be joined.
 */
final class Shrinker {
    private final Variation variation;
    private final String kind;
    private Script shortest;

    private Shrinker(History broken, Variation variation) {
        this.variation = variation;
        this.kind = kind(broken.violations().getFirst());
        this.shortest = broken.script();
    }

    static Script shortest(History broken, Variation variation) {
        var shrinker = new Shrinker(broken, variation);
        var before = Integer.MAX_VALUE;
        while (shrinker.shortest.acts().size() < before) {
            before = shrinker.shortest.acts().size();
            shrinker.leaveOut();
            shrinker.join();
        }
        return shrinker.shortest;
    }

    /** What is broken, whichever VM, volume or host it concerns. */
    static String kind(Violation violation) {
        return violation.toString().replaceAll("auto|bare|calm|thin|thick|op\\d+|\\bh\\d\\b|[0-9a-f-]{36}|\\d+", "*");
    }

    private boolean takes(List<Act> acts) {
        var script = new Script(shortest.seed(), acts);
        var isBroken = History.again(script, variation, false).violations().stream()
                .anyMatch(violation -> kind(violation).equals(kind));
        if (isBroken) {
            shortest = script;
        }
        return isBroken;
    }

    private void leaveOut() {
        for (var part = Math.max(1, shortest.acts().size() / 2); part > 0; part /= 2) {
            for (var from = 0; from < shortest.acts().size(); ) {
                var left = new ArrayList<>(shortest.acts());
                left.subList(from, Math.min(from + part, left.size())).clear();
                if (!takes(left)) {
                    from += part;
                }
            }
        }
    }

    /** Two slices of the same lane, one after the other, are one. */
    private void join() {
        for (var index = 0; index + 1 < shortest.acts().size(); ) {
            var acts = new ArrayList<>(shortest.acts());
            if (acts.get(index) instanceof Act.Go(var lane, var first)
                    && acts.get(index + 1) instanceof Act.Go(var next, var second)
                    && lane == next) {
                acts.set(index, new Act.Go(lane, first + second));
                acts.remove(index + 1);
                if (takes(acts)) {
                    continue;
                }
            }
            index++;
        }
    }
}
