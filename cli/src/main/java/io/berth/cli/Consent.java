package io.berth.cli;

/** Asks whoever sits at the terminal. */
interface Consent {
    /** Whether somebody sits there who could answer. */
    boolean canBeAsked();

    /** Puts the question and waits; only a clear yes is one. */
    boolean isGiven(String question);
}
