package io.berth.cli.output;

import io.berth.driver.DataSize;
import io.berth.driver.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Values as OpenNebula's users know them. */
public final class Cells {
    /** Stands for nothing. */
    public static final String NOTHING = "-";

    private Cells() {}

    /** Text from outside, safe to show; {@code -} when empty. */
    public static String text(String text) {
        return text.isEmpty() ? NOTHING : Printable.line(text);
    }

    /** Binary units, one decimal; {@code -} for nothing. */
    public static String size(DataSize size) {
        return size.equals(DataSize.ZERO) ? NOTHING : size.toString();
    }

    /** Days, hours and minutes since then: {@code 0d 00h32}. */
    public static String age(Instant then, Instant now) {
        var time = Duration.between(then, now);
        var passed = time.isNegative() ? Duration.ZERO : time;
        return String.format(
                Locale.ROOT, "%dd %02dh%02d", passed.toDays(), passed.toHoursPart(), passed.toMinutesPart());
    }

    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
    }
}
