package io.berth.storage.ceph;

import java.util.List;

/** Reads {@code /proc/self/mountinfo} (proc(5)): the fifth column is where, with blanks and the like as octal escapes. */
final class MountTable {
    private static final int WHERE = 4;

    private MountTable() {}

    /** @param path without blanks and backslashes, so that it stands there as it is */
    static boolean has(String table, String path) {
        return table.lines()
                .map(line -> List.of(line.split(" ")))
                .anyMatch(
                        columns -> columns.size() > WHERE && columns.get(WHERE).equals(path));
    }
}
