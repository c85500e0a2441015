package io.berth.opennebula.oned;

/** A description from the core that lacks what it must have. Never leaves this package. */
final class UnexpectedShape extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnexpectedShape(String why) {
        super(why);
    }
}
