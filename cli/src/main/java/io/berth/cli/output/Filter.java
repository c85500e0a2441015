package io.berth.cli.output;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A condition on one column: {@code STAT=runn}, {@code SIZE>100M}, {@code NAME~^web}.
 *
 * @param column its name in capitals
 */
public record Filter(String column, Relation relation, String value) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z_]+)(!=|<=|>=|=|<|>|~)(.*)", Pattern.DOTALL);
    private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)([KMGTPE]?)B?");
    private static final String UNITS = "KMGTPE";

    /** How a cell and the value are compared. */
    public enum Relation {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">="),
        /** A regular expression is found in it. */
        MATCHES("~");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }
    }

    /** Empty when it isn't one. */
    public static Optional<Filter> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        for (var relation : Relation.values()) {
            if (relation.sign.equals(matcher.group(2)) && isUsable(relation, matcher.group(3))) {
                return Optional.of(new Filter(matcher.group(1).toUpperCase(Locale.ROOT), relation, matcher.group(3)));
            }
        }
        return Optional.empty();
    }

    private static boolean isUsable(Relation relation, String value) {
        if (relation != Relation.MATCHES) {
            return true;
        }
        try {
            var ignored = Pattern.compile(value);
            return ignored.flags() == 0;
        } catch (PatternSyntaxException notOne) {
            return false;
        }
    }

    public boolean accepts(String cell) {
        return switch (relation) {
            case EQUAL -> compare(cell) == 0;
            case NOT_EQUAL -> compare(cell) != 0;
            case LESS -> compare(cell) < 0;
            case AT_MOST -> compare(cell) <= 0;
            case MORE -> compare(cell) > 0;
            case AT_LEAST -> compare(cell) >= 0;
            case MATCHES -> Pattern.compile(value).matcher(cell).find();
        };
    }

    /** As amounts if both are, as text otherwise. */
    private int compare(String cell) {
        var amount = amount(cell);
        var limit = amount(value);
        return amount.isPresent() && limit.isPresent()
                ? Double.compare(amount.get(), limit.get())
                : cell.compareTo(value);
    }

    private static Optional<Double> amount(String text) {
        var matcher = AMOUNT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
        return Optional.of(Double.parseDouble(matcher.group(1)) * Math.pow(1024, power));
    }
}
