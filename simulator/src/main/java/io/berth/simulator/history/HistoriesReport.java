package io.berth.simulator.history;

import java.util.List;
import java.util.SortedMap;

/**
 * Random histories in numbers.
 *
 * @param histories played
 * @param steps crossings of the boundary between engines and their world: calls, answers and journal writes
 * @param violations histories in which the promise was broken, or in which somebody was told what no order explains;
 *     must be none
 * @param asked requests by kind and by what became of them: answered, refused, or cut off with their engine
 * @param ended operations by kind and by the state they ended or rested in, recovery's included
 * @param faults that struck, by kind
 * @param stories of what went wrong, as short as they could be made; a few at most
 */
public record HistoriesReport(
        int histories,
        long steps,
        int violations,
        SortedMap<String, Integer> asked,
        SortedMap<String, Integer> ended,
        SortedMap<String, Integer> faults,
        List<String> stories) {}
