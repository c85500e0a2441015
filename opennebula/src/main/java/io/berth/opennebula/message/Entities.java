package io.berth.opennebula.message;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The five entities of XML and its character references. */
final class Entities {
    private static final Pattern REFERENCE = Pattern.compile("&(?:#0*(\\d{1,7})|#x0*([0-9A-Fa-f]{1,6})|(\\w+));");
    private static final Map<String, String> NAMED =
            Map.of("lt", "<", "gt", ">", "amp", "&", "apos", "'", "quot", "\"");

    private Entities() {}

    static String resolve(String text) {
        return text.indexOf('&') < 0
                ? text
                : REFERENCE
                        .matcher(text)
                        .replaceAll(match -> Matcher.quoteReplacement(
                                match.group(3) != null
                                        ? NAMED.getOrDefault(match.group(3), match.group())
                                        : character(match.group(1), match.group(2))));
    }

    private static String character(@Nullable String decimal, @Nullable String hexadecimal) {
        var point = decimal != null ? Integer.parseInt(decimal) : Integer.parseInt(String.valueOf(hexadecimal), 16);
        return Character.isValidCodePoint(point) ? Character.toString(point) : "\uFFFD";
    }
}
