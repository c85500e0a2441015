package io.berth.hypervisor.libvirt;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Lines of a name, a separator and a value. */
final class Fields {
    private final Map<String, String> values;

    private Fields(Map<String, String> values) {
        this.values = values;
    }

    static Fields of(String text, String separator) {
        var values = new HashMap<String, String>();
        text.lines().forEach(line -> {
            var at = line.indexOf(separator);
            if (at > 0) {
                values.put(
                        line.substring(0, at).strip(),
                        line.substring(at + separator.length()).strip());
            }
        });
        return new Fields(values);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Empty when it is absent or no number from 0 to 2^63-1. */
    OptionalLong number(String name) {
        try {
            var text = values.get(name);
            return text == null || text.startsWith("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException odd) {
            return OptionalLong.empty();
        }
    }
}
