package io.berth.driver.storage;

import java.util.Arrays;
import java.util.Optional;

/** What a checkpoint was made for. */
public enum CheckpointPurpose {
    /** Its VM is to come back, where it was unless somebody says otherwise. */
    SUSPEND("suspend"),
    /** Its VM has given its host up, and may be started on any. */
    STOP("stop"),
    /** Its VM is on the way to another host. One that is left complete was stranded. */
    MIGRATE("migrate"),
    /** None of a VM: it tries a datastore out, and is CONSUMED before anything is written to it. */
    REHEARSE("rehearse");

    private final String word;

    CheckpointPurpose(String word) {
        this.word = word;
    }

    /** As it is written in records, and as the operation that makes it is called. Never changes. */
    public String word() {
        return word;
    }

    public static Optional<CheckpointPurpose> of(String word) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.word.equals(word))
                .findFirst();
    }
}
