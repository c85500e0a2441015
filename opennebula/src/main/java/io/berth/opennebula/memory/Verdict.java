package io.berth.opennebula.memory;

import io.berth.driver.Failure;

/** What is known of a deed. */
public sealed interface Verdict {
    /** @param remark for the VM's log; empty if there is nothing to say */
    record Done(String remark) implements Verdict {}

    /** All is as it was before. */
    record NotDone(Failure why) implements Verdict {}
}
