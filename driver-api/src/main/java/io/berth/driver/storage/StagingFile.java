package io.berth.driver.storage;

import io.berth.driver.FencingToken;
import io.berth.driver.OperationId;
import java.util.UUID;

/**
 * A file that holds a guest's memory on its way into the storage.
 *
 * @param vm whose memory it is
 * @param operation the one that has made it, and the only one that uses it
 */
public record StagingFile(UUID vm, OperationId operation) {
    /** The one of the operation that has this right. */
    public static StagingFile of(FencingToken token) {
        return new StagingFile(token.vm().uuid(), token.operation());
    }
}
