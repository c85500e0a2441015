package io.berth.driver.storage;

import io.berth.driver.Printable;
import java.util.regex.Pattern;

/**
 * A volume by the datastore it lives on and its name there: letters, digits, dash and underscore, at most 48 (what
 * LINSTOR allows, and every other storage too).
 */
public record VolumeRef(String datastore, String name) implements Comparable<VolumeRef> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{1,47}");

    public VolumeRef {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a volume name: " + Printable.line(name));
        }
    }

    @Override
    public int compareTo(VolumeRef other) {
        var first = datastore.compareTo(other.datastore);
        return first != 0 ? first : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return datastore + ":" + name;
    }
}
