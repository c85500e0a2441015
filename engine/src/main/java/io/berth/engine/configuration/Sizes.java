package io.berth.engine.configuration;

import io.berth.driver.DataSize;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 512M}, {@code 2GiB}; the units are binary. */
public final class Sizes {
    /** What to tell somebody who wrote something else. */
    public static final String ALLOWED = "a whole number with unit K, M, G or T, such as 512M (binary units)";

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})([KMGT])(iB)?");

    private Sizes() {}

    /** Empty when it is no size, or larger than 8 EiB. A bare number is none: bytes or mebibytes? */
    public static Optional<DataSize> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var shift = 10 * ("KMGT".indexOf(matcher.group(2)) + 1);
        var number = Long.parseLong(matcher.group(1));
        return number > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(new DataSize(number << shift));
    }
}
