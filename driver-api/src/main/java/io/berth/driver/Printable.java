package io.berth.driver;

/** Makes text from outside safe to show: one line, no control characters, bounded. */
public final class Printable {
    private static final int LIMIT = 200;

    private Printable() {}

    /** The text with control characters escaped, cut at 200 characters. */
    public static String line(String text) {
        var shown = new StringBuilder();
        for (var i = 0; i < text.length() && shown.length() < LIMIT; i++) {
            var character = text.charAt(i);
            switch (character) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (Character.isISOControl(character) || Character.getType(character) == Character.FORMAT) {
                        shown.append(String.format("\\u%04x", (int) character));
                    } else {
                        shown.append(character);
                    }
                }
            }
        }
        return text.length() > LIMIT ? shown + "..." : shown.toString();
    }
}
