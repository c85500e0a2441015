package io.berth.engine;

/**
 * The one way into Berth: the command line, and every later front door, speaks to this and to nothing behind it.
 * Operations go in as requests, events come out; both are plain values, so that the engine may run in this process or
 * in another. Thread-safe.
 *
 * <p>All methods of all parts throw {@link io.berth.driver.Failure}.
 */
public interface Engine extends AutoCloseable {
    Machines machines();

    Fleet fleet();

    Checkpoints checkpoints();

    OperationBook operations();

    Datastores datastores();

    Hosts hosts();

    Upkeep upkeep();

    StorageScripts scripts();

    /** Lets connections and files go. Operations must have ended before. */
    @Override
    void close();
}
