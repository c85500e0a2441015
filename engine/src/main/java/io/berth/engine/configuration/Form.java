package io.berth.engine.configuration;

import java.util.ArrayList;
import java.util.List;

/** What may be written as a key's value. */
sealed interface Form<T> {
    /** What is allowed, for people: completes "expected: ...". */
    String allowed();

    T read(YamlNode node, ConfigurationFile file, String key);

    /** One value. */
    record One<T>(String allowed, Parser<T> parser) implements Form<T> {
        @Override
        public T read(YamlNode node, ConfigurationFile file, String key) {
            if (!(node instanceof YamlNode.Text text)) {
                throw file.trouble(node.line(), key + " is " + node.kind(), "", "write " + allowed);
            }
            try {
                return parser.parse(text.text());
            } catch (BadValue bad) {
                throw file.trouble(
                        node.line(),
                        key + " can't be '" + text.text() + "'",
                        String.valueOf(bad.getMessage()),
                        "write " + allowed);
            }
        }
    }

    /** Several values, in brackets or each behind a dash. One alone is fine without. */
    record Many<T>(One<T> item) implements Form<List<T>> {
        @Override
        public String allowed() {
            return "a list, each item " + item.allowed();
        }

        @Override
        public List<T> read(YamlNode node, ConfigurationFile file, String key) {
            return switch (node) {
                case YamlNode.Text text -> List.of(item.read(text, file, key));
                case YamlNode.Items list -> {
                    var values = new ArrayList<T>();
                    list.items().forEach(each -> values.add(item.read(each, file, key)));
                    yield List.copyOf(values);
                }
                case YamlNode.Section section ->
                    throw file.trouble(section.line(), key + " is a section", "", "write " + allowed());
            };
        }
    }

    /** Makes a value of a text. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws BadValue;
    }
}
