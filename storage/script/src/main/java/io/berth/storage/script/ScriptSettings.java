package io.berth.storage.script;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.storage.StorageCapabilities;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One datastore of a site's scripts. Immutable.
 *
 * @param datastore its name, the one in {@link io.berth.driver.storage.VolumeRef#datastore()}
 * @param scripts absolute path of the folder with the executables, wherever they run
 * @param hosts where volumes are attached; at least one
 * @param runOn the hosts that run every script, nearest first; empty: the datastore's own hosts do, and what is about a
 *     device runs on the host where that device is
 * @param ledger absolute path of the folder in which Berth keeps the ledger, the same one for all hosts that run scripts
 * @param parameters what else the scripts are told, by names in lower case with dashes. They are no place for secrets
 * @param capabilities as the scripts' author claims
 */
public record ScriptSettings(
        String datastore,
        String scripts,
        List<HostRef> hosts,
        List<HostRef> runOn,
        String ledger,
        SortedMap<String, String> parameters,
        StorageCapabilities capabilities) {
    private static final Pattern PARAMETER = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public ScriptSettings {
        hosts = List.copyOf(hosts);
        runOn = List.copyOf(runOn);
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        if (!scripts.startsWith("/") || scripts.chars().anyMatch(Character::isISOControl)) {
            throw bad(
                    "'" + Printable.line(scripts) + "' can't be the folder of scripts of datastore "
                            + Printable.line(datastore),
                    "name the folder by its absolute path");
        }
        parameters.forEach((name, value) -> requireParameter(datastore, name, value));
    }

    /** Who runs scripts that are about no host in particular, and keeps the ledger. */
    List<HostRef> runners() {
        return runOn.isEmpty() ? hosts : runOn;
    }

    /** Whether it can be a parameter's name. */
    public static boolean isParameter(String name) {
        return PARAMETER.matcher(name).matches();
    }

    private static void requireParameter(String datastore, String name, String value) {
        if (!isParameter(name) || value.chars().anyMatch(Character::isISOControl)) {
            throw bad(
                    "'" + Printable.line(name) + "' can't be a parameter of datastore " + Printable.line(datastore),
                    "use a name of lower-case letters, digits and dashes, and a value without control characters");
        }
    }

    private static Failure bad(String what, String next) {
        return Failure.of(FailureKind.CALLER, "datastore.bad-settings", what)
                .next(next)
                .build();
    }
}
