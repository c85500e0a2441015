package io.berth.engine.wire;

import io.berth.core.json.BadJson;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path with gaps: {@code /v1/machines/{name}}. */
public record PathTemplate(String text) {
    /** The names of the gaps. */
    public List<String> gaps() {
        return parts(text).stream()
                .filter(PathTemplate::isGap)
                .map(PathTemplate::gap)
                .toList();
    }

    /** The path with these texts in its gaps, fit for a request. */
    public String filled(Map<String, String> values) {
        var path = new StringBuilder();
        for (var part : parts(text)) {
            path.append('/').append(isGap(part) ? encoded(values.getOrDefault(gap(part), "")) : part);
        }
        return path.toString();
    }

    /** What stands in the gaps, if the path (still encoded) is one of these. */
    public Optional<Map<String, String>> match(String path) {
        var mine = parts(text);
        var theirs = parts(path);
        if (mine.size() != theirs.size()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (var index = 0; index < mine.size(); index++) {
            if (isGap(mine.get(index)) && !theirs.get(index).isEmpty()) {
                values.put(gap(mine.get(index)), decoded(theirs.get(index)));
            } else if (!mine.get(index).equals(theirs.get(index))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static List<String> parts(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static boolean isGap(String part) {
        return part.startsWith("{");
    }

    private static String gap(String part) {
        return part.substring(1, part.length() - 1);
    }

    /** A blank is a plus in a query and in nothing else; as %20 it is a blank everywhere. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String text) {
        return BadJson.at("path", () -> URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
}
