package io.berth.storage.files;

import java.time.Duration;

/**
 * What is known beforehand of whether hosts share a datastore's folder.
 *
 * @param mode how it is decided
 * @param cacheTime how long a host may go on to believe that a name is or isn't there, zero or more; counts for {@link
 *     Mode#AUTO} alone. NFS: {@code acdirmax}, 60 s unless mounted otherwise
 */
public record SharedFolder(Mode mode, Duration cacheTime) {
    public static final Duration USUAL_CACHE_TIME = Duration.ofSeconds(60);

    /** All hosts share it. */
    public static final SharedFolder YES = new SharedFolder(Mode.YES, Duration.ZERO);

    /** Each host has one of its own. */
    public static final SharedFolder NO = new SharedFolder(Mode.NO, Duration.ZERO);

    /** Found out for each pair of hosts. */
    public static final SharedFolder AUTO = new SharedFolder(Mode.AUTO, USUAL_CACHE_TIME);

    public SharedFolder {
        if (cacheTime.isNegative()) {
            throw new IllegalArgumentException("negative: " + cacheTime);
        }
    }

    /** How it is found out. */
    public enum Mode {
        YES,
        NO,
        AUTO
    }
}
