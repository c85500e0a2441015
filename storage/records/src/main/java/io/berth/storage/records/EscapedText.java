package io.berth.storage.records;

import java.util.HexFormat;

/**
 * Any text on one line: backslash, control characters and halves of surrogate pairs (which UTF-8 can't carry) are
 * escaped, everything else stays as it is.
 */
final class EscapedText {
    private static final int UNIT_DIGITS = 4;

    private EscapedText() {}

    static String escape(String text) {
        var line = new StringBuilder(text.length() + text.length() / 8);
        for (var i = 0; i < text.length(); i++) {
            var unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                line.append(unit).append(text.charAt(++i));
                continue;
            }
            switch (unit) {
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (Character.isISOControl(unit) || Character.isSurrogate(unit)) {
                        line.append("\\u").append(HexFormat.of().toHexDigits(unit));
                    } else {
                        line.append(unit);
                    }
                }
            }
        }
        return line.toString();
    }

    /** @throws IllegalArgumentException if it isn't what {@link #escape} writes */
    static String unescape(String line) {
        var text = new StringBuilder(line.length());
        for (var i = 0; i < line.length(); i++) {
            var unit = line.charAt(i);
            if (unit != '\\') {
                text.append(unit);
                continue;
            }
            if (++i == line.length()) {
                throw new IllegalArgumentException("ends within an escape");
            }
            switch (line.charAt(i)) {
                case '\\' -> text.append('\\');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    if (i + UNIT_DIGITS >= line.length()) {
                        throw new IllegalArgumentException("ends within an escape");
                    }
                    text.append((char) HexFormat.fromHexDigits(line, i + 1, i + 1 + UNIT_DIGITS));
                    i += UNIT_DIGITS;
                }
                default -> throw new IllegalArgumentException("no such escape: \\" + line.charAt(i));
            }
        }
        return text.toString();
    }
}
