package io.berth.engine.configuration;

import io.berth.driver.DataSize;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How {@code berth serve} behaves.
 *
 * @param mode of the socket: who may write to it may do anything that Berth can
 * @param group that the socket and its folder belong to; empty: the process's own
 * @param connections at once, at most
 * @param body the longest that a request may have
 * @param patience with a client that sends or takes nothing
 * @param tasks that are worked on at once, at most
 * @param remembered tasks that are over and can still be asked for
 * @param news of each task that are kept
 * @param finish how long operations may go on by themselves when the daemon is to stop
 * @param undo how long they may take to be undone after that
 * @param recoverEvery how often operations whose process is gone are gone on with
 * @param garbageEvery how often it is looked for what nobody owns; it is only told
 */
public record DaemonConfiguration(
        Set<PosixFilePermission> mode,
        Optional<String> group,
        int connections,
        DataSize body,
        Duration patience,
        int tasks,
        int remembered,
        int news,
        Duration finish,
        Duration undo,
        Duration recoverEvery,
        Duration garbageEvery) {
    public DaemonConfiguration {
        mode = Set.copyOf(mode);
    }
}
