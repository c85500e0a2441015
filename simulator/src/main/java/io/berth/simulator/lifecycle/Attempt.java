package io.berth.simulator.lifecycle;

import io.berth.driver.VmRef;

/**
 * Something that was asked for, from the question until somebody is told how it ended.
 *
 * @param number counted from the first
 */
public record Attempt(int number, VmRef vm, Wish wish) {
    @Override
    public String toString() {
        return "#" + number + " " + wish;
    }
}
