package io.berth.cli;

import io.berth.driver.Failure;
import io.berth.engine.Engine;
import io.berth.engine.Watch;
import io.berth.opennebula.memory.Engines;
import java.nio.file.Files;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Engines for a driver, which serves longer than daemons do: each time the daemon's if one answers, else the one of this
 * process, which stays open until the process ends. Thread-safe.
 */
final class DriverEngines implements Engines, AutoCloseable {
    private final Session session;
    private @Nullable Engine own;

    DriverEngines(Session session) {
        this.session = session;
    }

    @Override
    public synchronized Engine engine() {
        return session.daemon().orElseGet(this::ownEngine);
    }

    private Engine ownEngine() {
        var open = own;
        if (open == null) {
            open = session.ownEngine();
            own = open;
        }
        return open;
    }

    /**
     * Finishes or undoes, beside whatever is asked meanwhile, what a driver before this one has left. A daemon does so by
     * itself; a site that has configured nothing has nothing to recover.
     */
    void recover() {
        if (Files.exists(session.home().configuration()) && session.daemon().isEmpty()) {
            Thread.ofPlatform().daemon().name("berth-recovery").start(this::recoverAll);
        }
    }

    private void recoverAll() {
        try {
            engine().upkeep().recover(Set.of(), Watch.none());
        } catch (Failure failure) {
            session.complain(failure);
        }
    }

    /** When nothing is under way any more. */
    @Override
    public synchronized void close() {
        if (own != null) {
            own.close();
        }
    }
}
