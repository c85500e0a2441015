package io.berth.engine.configuration;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as people write them: {@code 8m}, {@code 500ms}. */
public final class Times {
    /** What to tell somebody who wrote something else. */
    public static final String ALLOWED = "a whole number with unit ms, s, m or h, such as 8m";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private Times() {}

    /** Empty when it is no time. A bare number is none: seconds or minutes? */
    public static Optional<Duration> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                });
    }
}
