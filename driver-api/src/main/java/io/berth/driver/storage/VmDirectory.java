package io.berth.driver.storage;

import io.berth.driver.Printable;
import java.nio.charset.StandardCharsets;

/**
 * A VM's directory by the datastore it lives on and its name in there: one part of a path, of any characters, at most
 * 200 bytes in UTF-8, and not one that begins with {@value #OWN_PREFIX}.
 */
public record VmDirectory(String datastore, String name) {
    /** What Berth itself puts beside VM directories is called so. */
    public static final String OWN_PREFIX = ".berth-";

    private static final int LONGEST = 200;

    public VmDirectory {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a VM directory's name: " + Printable.line(name));
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && !name.startsWith(OWN_PREFIX)
                && name.indexOf('/') < 0
                && name.indexOf('\0') < 0
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }

    @Override
    public String toString() {
        return datastore + ":" + Printable.line(name);
    }
}
