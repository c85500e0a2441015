package io.berth.engine.remote;

import io.berth.engine.Checkpoints;
import io.berth.engine.Datastores;
import io.berth.engine.Engine;
import io.berth.engine.Fleet;
import io.berth.engine.Hosts;
import io.berth.engine.Machines;
import io.berth.engine.OperationBook;
import io.berth.engine.StorageScripts;
import io.berth.engine.Upkeep;
import java.nio.file.Path;

/**
 * The engine of a daemon ({@code berth serve}) on this machine. What was begun goes on there when this process ends.
 * Thread-safe.
 *
 * <p>Beside what the daemon's engine says, all methods throw {@link io.berth.driver.Failure} {@code daemon.gone}
 * (ENVIRONMENT, or UNKNOWN_OUTCOME when it may have been done all the same), {@code daemon.lost} (UNKNOWN_OUTCOME: what
 * was begun is in its journal), {@code daemon.silent} (as {@code daemon.gone}), {@code daemon.bad-answer} and {@code daemon.other-version} (ENVIRONMENT).
 */
public final class RemoteEngine implements Engine {
    private final Caller caller;
    private final RemoteMachines machines;
    private final RemoteFleet fleet;
    private final RemoteCheckpoints checkpoints;
    private final RemoteOperationBook operations;
    private final RemoteDatastores datastores;
    private final RemoteHosts hosts;
    private final RemoteUpkeep upkeep;
    private final RemoteScripts scripts;

    /** @param socket whose owner is trusted; see {@link DaemonSocket} */
    public RemoteEngine(Path socket) {
        this(socket, Patience.usual());
    }

    /** @param socket whose owner is trusted; see {@link DaemonSocket} */
    public RemoteEngine(Path socket, Patience patience) {
        this.caller = new Caller(socket, patience);
        var tasks = new RemoteTasks(caller);
        this.machines = new RemoteMachines(caller, tasks);
        this.fleet = new RemoteFleet(caller, tasks);
        this.checkpoints = new RemoteCheckpoints(caller, tasks);
        this.operations = new RemoteOperationBook(caller);
        this.datastores = new RemoteDatastores(caller, tasks);
        this.hosts = new RemoteHosts(caller);
        this.upkeep = new RemoteUpkeep(caller, tasks);
        this.scripts = new RemoteScripts(caller);
    }

    /** Whether the daemon answers at all; what doesn't matter. */
    public boolean isAlive() {
        return caller.isAlive();
    }

    @Override
    public Machines machines() {
        return machines;
    }

    @Override
    public Fleet fleet() {
        return fleet;
    }

    @Override
    public Checkpoints checkpoints() {
        return checkpoints;
    }

    @Override
    public OperationBook operations() {
        return operations;
    }

    @Override
    public Datastores datastores() {
        return datastores;
    }

    @Override
    public Hosts hosts() {
        return hosts;
    }

    @Override
    public Upkeep upkeep() {
        return upkeep;
    }

    @Override
    public StorageScripts scripts() {
        return scripts;
    }

    /** There is nothing to let go: each question has a connection of its own. */
    @Override
    public void close() {}
}
