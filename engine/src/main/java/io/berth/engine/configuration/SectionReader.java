package io.berth.engine.configuration;

import io.berth.driver.Failure;
import io.berth.driver.NearestWord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of one section, all read and checked. Immutable. */
final class SectionReader {
    private final ConfigurationFile file;
    private final String title;
    private final int line;
    private final Map<String, Object> values = new HashMap<>();

    private SectionReader(ConfigurationFile file, String title, int line) {
        this.file = file;
        this.title = title;
        this.line = line;
    }

    /** @param path of the section, for people: {@code datastores.fast}; empty at the top */
    static SectionReader read(
            ConfigurationFile file, String path, Optional<YamlNode> node, List<? extends Key<?>> keys) {
        var section = node.map(found -> section(file, path, found));
        var reader = new SectionReader(file, path, section.map(YamlNode::line).orElse(1));
        section.ifPresent(found -> found.entries().forEach((name, entry) -> {
            var key = keys.stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(file, path, name, entry.line(), names(keys)));
            reader.values.put(name, key.form().read(entry.value(), file, path(path, name)));
        }));
        return reader;
    }

    static YamlNode.Section section(ConfigurationFile file, String path, YamlNode node) {
        if (node instanceof YamlNode.Section section) {
            return section;
        }
        if (node instanceof YamlNode.Text text && text.text().isEmpty()) {
            return new YamlNode.Section(text.line(), Map.of());
        }
        throw file.trouble(node.line(), path + " is " + node.kind(), "", "write keys and values below it, indented");
    }

    static Failure unknown(ConfigurationFile file, String path, String name, int line, Collection<String> known) {
        var nearest = NearestWord.to(name, known);
        return file.trouble(
                line,
                "there is no key '" + path(path, name) + "'",
                nearest.map(word -> "did you mean '" + word + "'?").orElse("known here: " + String.join(", ", known)),
                "correct or remove it; docs/reference/configuration.md has all keys");
    }

    static List<String> names(List<? extends Key<?>> keys) {
        var names = new ArrayList<String>();
        keys.forEach(key -> names.add(key.name()));
        return names;
    }

    private static String path(String above, String name) {
        return above.isEmpty() ? name : above + "." + name;
    }

    <T> Optional<T> written(Key<T> key) {
        @SuppressWarnings("unchecked") // put there by this key's own form
        var value = (T) values.get(key.name());
        return Optional.ofNullable(value);
    }

    <T> T value(Key<T> key) {
        return written(key)
                .or(key::standard)
                .orElseThrow(() -> file.trouble(
                        line,
                        title + " has no '" + key.name() + "'",
                        "it must be written",
                        "write " + key.name() + ": " + key.form().allowed()));
    }
}
