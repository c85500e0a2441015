package io.berth.driver.storage;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import java.util.Optional;
import java.util.Set;

/**
 * Files for guests' memory on its way into the storage, beside VM directories and in none of them: a directory that moves
 * or goes takes none along. Each has a name of its VM's and its operation's own. What is in one is never all there is of
 * a guest, so that it may be removed at any time. Thread-safe.
 */
public interface StagingFiles {
    /**
     * All that this host sees, whoever made them.
     *
     * @throws io.berth.driver.Failure {@code storage.unreachable} when the datastore's folder itself isn't there
     */
    Set<StagingFile> list(HostRef at);

    /**
     * Where the host sees it; empty when it isn't there.
     *
     * @throws io.berth.driver.Failure as {@link #list}
     */
    Optional<DevicePath> find(StagingFile file, HostRef at);

    /**
     * Makes the file of the call's operation, sparse, with mode 0600 and that long at least. There already is fine.
     *
     * @throws io.berth.driver.Failure {@code storage.unreachable}, {@code storage.no-space}, {@code storage.failed}
     *     (STORAGE)
     */
    DevicePath create(Call call, HostRef at, DataSize atLeast);

    /**
     * Removes the file of the call's operation, durably. Nothing there is fine.
     *
     * @throws io.berth.driver.Failure as {@link #list}
     */
    void remove(Call call, HostRef at);
}
