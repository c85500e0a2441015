package io.berth.engine;

import io.berth.driver.Failure;
import java.util.List;

/**
 * What was found, and which hosts and datastores couldn't be asked: a list that silently lacks a host would be a lie.
 *
 * @param silent one failure for each that gave no answer
 */
public record Found<T>(List<T> items, List<Failure> silent) {
    public Found {
        items = List.copyOf(items);
        silent = List.copyOf(silent);
    }
}
