package io.berth.opennebula.run;

import java.util.List;

/**
 * A script's arguments when it is about to run.
 *
 * @param real what it gets
 * @param shown the same for a log, with nothing secret in it
 */
record Words(List<String> real, List<String> shown) {
    Words {
        real = List.copyOf(real);
        shown = List.copyOf(shown);
    }
}
