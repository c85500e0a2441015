package io.berth.opennebula.walk;

import io.berth.opennebula.memory.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How much there was of a walk. For one thread. */
final class Tally {
    private int actions;
    private int passedOver;
    private int done;
    private int notDone;
    private int unanswered;
    private int rests;

    void action() {
        actions++;
    }

    /** Nobody could want anything of its VM: the host that would tell of it was away. */
    void passedOver() {
        passedOver++;
    }

    void demand(Optional<Verdict> verdict) {
        if (verdict.isEmpty()) {
            unanswered++;
            return;
        }
        switch (verdict.get()) {
            case Verdict.Done _ -> done++;
            case Verdict.NotDone _ -> notDone++;
        }
    }

    void rest() {
        rests++;
    }

    int actions() {
        return actions;
    }

    /** @param struck what has gone wrong, each by its kind */
    String with(List<String> struck) {
        var kinds = struck.stream().collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
        return "%d actions, %d of them passed over; %d demands: %d done, %d not done, %d unanswered; %d rests; struck: %s"
                .formatted(
                        actions,
                        passedOver,
                        done + notDone + unanswered,
                        done,
                        notDone,
                        unanswered,
                        rests,
                        kinds.isEmpty() ? "nothing" : kinds);
    }
}
