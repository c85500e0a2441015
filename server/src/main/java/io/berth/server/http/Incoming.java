package io.berth.server.http;

import java.util.Map;

/**
 * A request as a route sees it.
 *
 * @param gaps what stands in the gaps of the path, decoded
 * @param query decoded
 * @param body empty when there is none
 * @param lastEventId what a follower has heard already; empty: nothing
 */
public record Incoming(Map<String, String> gaps, Map<String, String> query, String body, String lastEventId) {
    public Incoming {
        gaps = Map.copyOf(gaps);
        query = Map.copyOf(query);
    }
}
