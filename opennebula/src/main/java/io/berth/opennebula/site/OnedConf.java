package io.berth.opennebula.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What stands in {@code oned.conf}: names with a value or a list of such in brackets, and comments. Only read; what isn't
 * understood is passed over.
 */
final class OnedConf {
    private static final String EQUALS = "=";
    private static final String OPEN = "[";
    private static final String CLOSE = "]";
    private static final String MARKS = "=[],";

    private final List<Section> sections;

    private OnedConf(List<Section> sections) {
        this.sections = List.copyOf(sections);
    }

    /**
     * A name with a list behind it.
     *
     * @param name in capitals
     * @param values by names in capitals; the first of several counts
     */
    record Section(String name, Map<String, String> values) {
        Section {
            values = Map.copyOf(values);
        }

        String value(String key) {
            return values.getOrDefault(key, "");
        }
    }

    static OnedConf parse(String text) {
        var tokens = tokens(text);
        var sections = new ArrayList<Section>();
        for (var i = 0; i + 2 < tokens.size(); i++) {
            if (isMark(tokens, i + 1, EQUALS)
                    && isMark(tokens, i + 2, OPEN)
                    && !tokens.get(i).isMark()) {
                var name = tokens.get(i).text();
                i += 3;
                Map<String, String> values = new LinkedHashMap<>();
                for (; i < tokens.size() && !isMark(tokens, i, CLOSE); i++) {
                    if (isMark(tokens, i, EQUALS) && i + 1 < tokens.size()) {
                        values.putIfAbsent(
                                tokens.get(i - 1).text().toUpperCase(Locale.ROOT),
                                tokens.get(i + 1).text());
                    }
                }
                sections.add(new Section(name.toUpperCase(Locale.ROOT), values));
            }
        }
        return new OnedConf(sections);
    }

    List<Section> sections(String name) {
        return sections.stream().filter(section -> section.name().equals(name)).toList();
    }

    /** @param isMark one of the characters that mean something; the same in quotes means nothing */
    private record Token(String text, boolean isMark) {}

    private static boolean isMark(List<Token> tokens, int at, String mark) {
        return tokens.get(at).isMark() && tokens.get(at).text().equals(mark);
    }

    private static List<Token> tokens(String text) {
        var tokens = new ArrayList<Token>();
        var at = 0;
        while (at < text.length()) {
            var character = text.charAt(at);
            if (character == '#') {
                at = endOfLine(text, at);
            } else if (character == '"') {
                var end = endOfQuote(text, at);
                tokens.add(new Token(text.substring(at + 1, end), false));
                at = end + 1;
            } else if (MARKS.indexOf(character) >= 0) {
                tokens.add(new Token(String.valueOf(character), true));
                at++;
            } else if (Character.isWhitespace(character)) {
                at++;
            } else {
                var end = endOfWord(text, at);
                tokens.add(new Token(text.substring(at, end), false));
                at = end;
            }
        }
        return tokens;
    }

    private static int endOfLine(String text, int from) {
        var end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static int endOfQuote(String text, int from) {
        var at = from + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }

    private static int endOfWord(String text, int from) {
        var at = from;
        while (at < text.length()
                && !Character.isWhitespace(text.charAt(at))
                && (MARKS + "\"#").indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
