package io.berth.engine.configuration;

import java.util.List;
import java.util.Map;

/** A piece of the file, and the line it begins in, from 1. */
sealed interface YamlNode {
    int line();

    /** How people call such a thing. */
    String kind();

    record Text(int line, String text) implements YamlNode {
        @Override
        public String kind() {
            return "a single value";
        }
    }

    record Items(int line, List<YamlNode> items) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** In the file's order. */
    record Section(int line, Map<String, Entry> entries) implements YamlNode {
        @Override
        public String kind() {
            return "a section";
        }
    }

    /** @param line of the key */
    record Entry(int line, YamlNode value) {}
}
