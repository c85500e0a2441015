package io.berth.simulator.history;

import io.berth.driver.HostRef;
import java.time.Duration;

/**
 * One line of a script. An act that has no object (a lane that does nothing, a host that has power already) does nothing,
 * so that a script stays a script whatever is left out of it.
 */
sealed interface Act {
    /** Somebody asks. */
    record Ask(int lane, Request request) implements Act {}

    /** The lane's engine goes on until it has crossed the boundary that often, or has answered. */
    record Go(int lane, int crossings) implements Act {}

    /** Whoever asked changes his mind. */
    record Cancel(int lane) implements Act {}

    /** Something will happen to the lane's next call that it can happen to. */
    record Strike(int lane, Mishap mishap) implements Act {}

    /** The process is killed, with all it was about. */
    record Kill(int engine) implements Act {}

    /** The process stands still, and nobody hears from it. */
    record Stall(int engine) implements Act {}

    record Wake(int engine) implements Act {}

    record Pass(Duration time) implements Act {}

    record CutPower(HostRef host) implements Act {}

    record GivePower(HostRef host) implements Act {}

    record CutNetwork(HostRef host) implements Act {}

    record HealNetwork(HostRef host) implements Act {}

    /** Every storage loses what wasn't flushed. */
    record LoseWrites() implements Act {}

    /** The guest's process ends by itself. */
    record Vanish(String vm) implements Act {}

    /** Somebody lets a guest run that Berth has paused to save it. */
    record ResumeByHand(String vm) implements Act {}

    /** Its owner starts a VM from its disks whose memory is nowhere any more. */
    record StartAnew(String vm, HostRef host) implements Act {}

    /** Berth doesn't know whether the copy that stands alone is the guest; somebody finds out, and lets it run or ends it. */
    record Decide(String vm) implements Act {}

    /** Commands of dead engines arrive that were on their way all the time. */
    record Deliver() implements Act {}
}
