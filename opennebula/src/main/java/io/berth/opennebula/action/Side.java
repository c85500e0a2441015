package io.berth.opennebula.action;

/** Which host of the message a step is for. */
public enum Side {
    HOST,
    DESTINATION
}
