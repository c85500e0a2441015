package io.berth.opennebula.mad;

import java.util.List;

/** What one kind of driver is there for; {@link Driver} does the talking. */
interface Duty {
    /** Requests that are worked on at once, 1 or more. */
    int threads();

    /** Whether the core may ask for it. */
    boolean knows(String action);

    /**
     * What a request comes to.
     *
     * @param action one that is known
     * @param message the one word behind the id
     * @throws io.berth.driver.Failure when it can't be understood, told to the core as the answer
     */
    Job job(String action, int vm, String message);

    /** Whether the core has gone on when it asks for the newer one of two for a VM, with no use for the older's answer. */
    boolean isOutdated(String older, String newer);

    /**
     * Requests that the core waits for since before this driver was started, and that it doesn't repeat. Asks the core;
     * takes its time.
     */
    List<Job> owed();

    /** The core is gone: brings to an end what mustn't stop half way. Returns then. */
    void finish();
}
