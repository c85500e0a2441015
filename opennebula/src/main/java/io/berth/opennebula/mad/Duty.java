package io.berth.opennebula.mad;

/** What one kind of driver is there for; {@link Driver} does the talking. Used by one thread. */
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
}
