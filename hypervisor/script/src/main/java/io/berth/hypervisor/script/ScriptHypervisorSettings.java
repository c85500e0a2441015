package io.berth.hypervisor.script;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One hypervisor that scripts speak to. Immutable.
 *
 * @param scripts absolute path of the folder with the executables, the same on every host
 * @param parameters what else the scripts are told, by names in lower case with dashes. They are no place for secrets
 */
public record ScriptHypervisorSettings(String scripts, SortedMap<String, String> parameters) {
    private static final Pattern PARAMETER = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public ScriptHypervisorSettings {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        if (!scripts.startsWith("/") || scripts.chars().anyMatch(Character::isISOControl)) {
            throw bad(
                    "'" + Printable.line(scripts) + "' can't be the folder of a hypervisor's scripts",
                    "name the folder by its absolute path");
        }
        parameters.forEach(ScriptHypervisorSettings::requireParameter);
    }

    private static void requireParameter(String name, String value) {
        if (!PARAMETER.matcher(name).matches() || value.chars().anyMatch(Character::isISOControl)) {
            throw bad(
                    "'" + Printable.line(name) + "' can't be a parameter of a hypervisor's scripts",
                    "use a name of lower-case letters, digits and dashes, and a value without control characters");
        }
    }

    private static Failure bad(String what, String next) {
        return Failure.of(FailureKind.CALLER, "hypervisor.bad-settings", what)
                .next(next)
                .build();
    }
}
