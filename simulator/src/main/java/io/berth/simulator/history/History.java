package io.berth.simulator.history;

import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * One history that was played.
 *
 * @param steps crossings of the boundary: journal writes, calls and answers of all engines
 * @param story for people, oldest first; empty unless it was asked for
 */
record History(Script script, int steps, List<Violation> violations, List<String> story, Tally tally) {
    /** How long the part is in which things go wrong. */
    private static final int LENGTH = 800;

    /** Made up as it goes. */
    static History random(long seed, Variation variation) {
        var play = new Play(seed, variation);
        play.setting().world().silence();
        try {
            var author = new Author(seed, play);
            var acts = new ArrayList<Act>();
            while (play.steps() < LENGTH && !play.isBroken()) {
                var act = author.next();
                acts.add(act);
                play.perform(act);
            }
            return end(new Script(seed, acts), play);
        } finally {
            play.close();
        }
    }

    /** Played again, word for word. */
    static History again(Script script, Variation variation, boolean told) {
        var play = new Play(script.seed(), variation);
        if (!told) {
            play.setting().world().silence();
        }
        try {
            for (var act : script.acts()) {
                if (play.isBroken()) {
                    break;
                }
                play.perform(act);
            }
            return end(script, play);
        } finally {
            play.close();
        }
    }

    private static History end(Script script, Play play) {
        if (!play.isBroken()) {
            play.end();
        }
        return new History(
                script,
                play.steps(),
                play.setting().checker().violations(),
                play.setting().world().story(),
                play.tally());
    }

    boolean isBroken() {
        return !violations.isEmpty();
    }
}
