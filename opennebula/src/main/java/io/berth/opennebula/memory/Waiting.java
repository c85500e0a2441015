package io.berth.opennebula.memory;

import io.berth.driver.Cancellation;
import java.time.Duration;

/** The request that waits for a deed's end. Thread-safe. */
public interface Waiting {
    /** Requested when the core takes the request back. */
    Cancellation cancellation();

    /** Writes into the VM's log. */
    void tell(String text);

    /**
     * Lets time pass while nothing can be done; others may use what this request takes up.
     *
     * @return at once, and false, when the core takes the request back
     */
    boolean rest(Duration time);
}
