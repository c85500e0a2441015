package io.berth.tck;

/** What becomes of a command that goes wrong. */
public enum Trouble {
    /** It isn't done, and says so. */
    FAILS(false, true),
    /** It isn't done, and nobody hears of it. */
    NEVER_ANSWERS(false, false),
    /** It is done when nobody listens any more. */
    ANSWERS_TOO_LATE(true, false),
    /** It is done, and says that it isn't. */
    SAYS_NO_THOUGH_DONE(true, true);

    private final boolean done;
    private final boolean heard;

    Trouble(boolean done, boolean heard) {
        this.done = done;
        this.heard = heard;
    }

    boolean isDone() {
        return done;
    }

    boolean isHeard() {
        return heard;
    }
}
