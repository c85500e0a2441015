package io.berth.opennebula.explain;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A volume into which a storage driver of OpenNebula puts a VM's memory.
 *
 * @param place where it was seen, for people
 * @param name {@code one-sys-42-checkpoint}, {@code one-sys-42-rawcheckpoint} or {@code one-vm-42-checkpoint}
 */
record FoundVolume(String place, String name, int vm) {
    private static final Pattern FORM =
            Pattern.compile("one-(?:sys-([0-9]{1,9})-(?:raw)?checkpoint|vm-([0-9]{1,9})-checkpoint)");

    /** @return empty for whatever else */
    static Optional<FoundVolume> parse(String place, String name) {
        var match = FORM.matcher(name);
        if (!match.matches()) {
            return Optional.empty();
        }
        var vm = match.group(1) == null ? match.group(2) : match.group(1);
        return Optional.of(new FoundVolume(place, name, Integer.parseInt(vm)));
    }
}
