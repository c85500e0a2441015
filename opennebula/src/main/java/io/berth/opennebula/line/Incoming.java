package io.berth.opennebula.line;

import java.util.List;

/** One line from the core. */
public sealed interface Incoming {
    /**
     * A request.
     *
     * @param action in upper case: {@code SAVE}, {@code INIT}, {@code DRIVER_CANCEL}
     * @param id of what it is about; -1 without one
     * @param arguments what follows, usually one base64 word
     */
    record Request(String action, int id, List<String> arguments) implements Incoming {
        public Request {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * A request that is longer than {@link RequestReader#LONGEST}; its beginning tells whose it is.
     *
     * @param id -1 when even that can't be told
     */
    record Overlong(String action, int id) implements Incoming {}

    /**
     * A line that is no request.
     *
     * @param why for a log
     */
    record Noise(String why) implements Incoming {}
}
