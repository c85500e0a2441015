package io.berth.engine.configuration;

import io.berth.storage.script.ScriptSettings;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A name that a site's scripts find in their environment, and what it stands for. */
record ScriptParameter(String name, String value) {

    static Form.One<ScriptParameter> form() {
        return new Form.One<>("a name in lower case with dashes, '=', and a value", text -> {
            var equals = text.indexOf('=');
            if (equals < 0 || !ScriptSettings.isParameter(text.substring(0, equals))) {
                throw new BadValue("it doesn't begin with a name and '='");
            }
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new BadValue("it has control characters");
            }
            return new ScriptParameter(text.substring(0, equals), text.substring(equals + 1));
        });
    }

    /**
     * All of a section's.
     *
     * @param path of the section, for people
     */
    static SortedMap<String, String> named(
            ConfigurationFile file, int line, String path, List<ScriptParameter> parameters) {
        var named = new TreeMap<String, String>();
        parameters.forEach(parameter -> {
            if (named.put(parameter.name(), parameter.value()) != null) {
                throw file.trouble(
                        line,
                        path + " has the parameter '" + parameter.name() + "' twice",
                        "a script could see only one of them",
                        "remove one of them");
            }
        });
        return named;
    }
}
