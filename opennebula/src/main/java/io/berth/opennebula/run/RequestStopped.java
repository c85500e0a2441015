package io.berth.opennebula.run;

/** The core has taken the request back: there is nothing to answer. */
final class RequestStopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    RequestStopped() {
        super("the core took the request back", null, false, false);
    }
}
