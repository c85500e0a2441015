package io.berth.opennebula.walk;

import io.berth.driver.HostRef;
import java.util.List;

/** What goes wrong at a site: one thing at a time. Hosts that are away come back after a while. */
public interface Weather {
    /** During the next action something will strike, or nothing. Answers what, in words; empty: nothing. */
    String brew();

    /** An action is over: now and then hosts come back by themselves. */
    void turn();

    /** Nothing will strike, and all hosts are there when this returns. */
    void clearUp();

    boolean isAway(HostRef host);

    /** All that has gone wrong, each by the name of its kind. */
    List<String> struck();
}
