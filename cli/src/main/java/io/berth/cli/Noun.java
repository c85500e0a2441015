package io.berth.cli;

import java.util.List;
import java.util.function.Supplier;

/**
 * What verbs are about.
 *
 * @param maker makes the verbs; only asked when the noun is on the command line, because it takes time
 */
record Noun(String name, String summary, Supplier<List<Verb>> maker) {
    List<Verb> verbs() {
        return maker.get();
    }
}
