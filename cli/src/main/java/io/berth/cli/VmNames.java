package io.berth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The VMs a command line names, as OpenNebula's users write them: {@code one-3..6} and {@code 3..6} stand for one-3 to
 * one-6, commas separate names. A VM whose own name has a comma or such dots is named by its UUID.
 */
final class VmNames {
    private static final Pattern RANGE = Pattern.compile("(.*?)(\\d{1,9})\\.\\.(\\d{1,9})");
    private static final String OPENNEBULA = "one-";
    private static final int MOST = 1000;

    private VmNames() {}

    static List<String> of(List<String> words) {
        var names = new ArrayList<String>();
        for (var word : words) {
            for (var part : word.split(",", -1)) {
                add(part, names);
            }
        }
        return List.copyOf(names);
    }

    private static void add(String part, List<String> names) {
        if (part.isEmpty()) {
            throw Usage.wrong("a name is empty", "separate names by one comma; name a VM with a comma by its UUID");
        }
        var range = RANGE.matcher(part);
        if (!range.matches()) {
            names.add(part);
            return;
        }
        var prefix = range.group(1).isEmpty() ? OPENNEBULA : range.group(1);
        var first = Integer.parseInt(range.group(2));
        var last = Integer.parseInt(range.group(3));
        if (first > last || last - first >= MOST) {
            throw Usage.wrong("'" + part + "' is no range", "begin with the lower number, at most 1000 VMs at once");
        }
        for (var number = first; number <= last; number++) {
            names.add(prefix + number);
        }
    }
}
