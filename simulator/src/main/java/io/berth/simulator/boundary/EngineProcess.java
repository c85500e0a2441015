package io.berth.simulator.boundary;

import io.berth.core.journal.Owner;

/** An engine as a process: once it is dead, not one call of it gets out any more. */
public final class EngineProcess {
    private final Owner owner;
    private boolean alive = true;

    public EngineProcess(int pid) {
        this.owner = new Owner("engine-" + pid, "front-end", pid, pid);
    }

    public Owner owner() {
        return owner;
    }

    public boolean isAlive() {
        return alive;
    }

    /** Kills it; answers what unwinds its stack. */
    public EngineDied die() {
        alive = false;
        return new EngineDied(owner.name());
    }

    /** @throws EngineDied once it was killed */
    public void requireAlive() {
        if (!alive) {
            throw new EngineDied(owner.name());
        }
    }
}
