package io.berth.cli;

import java.util.List;

/** What verbs are about. */
record Noun(String name, String summary, List<Verb> verbs) {
    Noun {
        verbs = List.copyOf(verbs);
    }
}
