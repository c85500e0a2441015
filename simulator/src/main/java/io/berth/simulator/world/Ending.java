package io.berth.simulator.world;

/** How something that a host does comes to its end: with its caller, or, when it takes its time to answer, by itself. */
public final class Ending implements Runnable {
    private final Runnable effect;
    private boolean over;

    Ending(Runnable effect) {
        this.effect = effect;
    }

    /** Once; after that nothing happens any more. */
    @Override
    public void run() {
        if (!over) {
            over = true;
            effect.run();
        }
    }

    public boolean isOver() {
        return over;
    }
}
