package io.berth.core.json;

import java.util.Locale;

/** Java's names in JSON. */
public final class Names {
    private Names() {}

    public static String lower(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }

    /** {@code deadHosts} is {@code dead_hosts}; {@code StepBegins} with a dash is {@code step-begins}. */
    public static String split(String name, char between) {
        var split = new StringBuilder();
        for (var index = 0; index < name.length(); index++) {
            var character = name.charAt(index);
            if (Character.isUpperCase(character) && !split.isEmpty()) {
                split.append(between);
            }
            split.append(Character.toLowerCase(character));
        }
        return split.toString();
    }
}
