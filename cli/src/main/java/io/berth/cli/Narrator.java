package io.berth.cli;

import io.berth.engine.EngineEvent;

/** Tells what happens while operations run. Used under its owner's lock. */
interface Narrator {
    void hear(EngineEvent event);

    /** An operation is over, another may follow. */
    void finished();

    /** What goes on now, in a few words. */
    String doing();

    /** Takes from the terminal what isn't to stay. */
    void clear();
}
