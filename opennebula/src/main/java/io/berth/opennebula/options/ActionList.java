package io.berth.opennebula.options;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Actions that are treated in another way, and the scripts they have instead of the usual ones: {@code
 * save=tmsave,restore=tmrestore,deploy}.
 *
 * @param scripts by the action's name in upper case; empty: the usual script
 */
public record ActionList(Map<String, Optional<String>> scripts) {
    public ActionList {
        scripts = Map.copyOf(scripts);
    }

    public static ActionList none() {
        return new ActionList(Map.of());
    }

    /** Separated by commas, with blanks around them or not; what can't be a name is passed over. */
    public static ActionList parse(String text) {
        var scripts = new LinkedHashMap<String, Optional<String>>();
        for (var item : text.split(",")) {
            var equals = item.indexOf('=');
            var name = (equals < 0 ? item : item.substring(0, equals)).strip();
            if (!name.isEmpty()) {
                scripts.put(
                        name.toUpperCase(Locale.ROOT),
                        equals < 0
                                ? Optional.empty()
                                : Optional.of(item.substring(equals + 1).strip()));
            }
        }
        return new ActionList(scripts);
    }

    /** Whether the action is in the list, however it is written. */
    public boolean contains(String action) {
        return scripts.containsKey(action.toUpperCase(Locale.ROOT));
    }

    /** The script that the list names for the action. */
    public Optional<String> script(String action) {
        return scripts.getOrDefault(action.toUpperCase(Locale.ROOT), Optional.empty());
    }
}
