package io.berth.hypervisor.libvirt;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.util.regex.Pattern;

/** A disk's name inside the guest, {@code vda}: it becomes part of an argument, so its form is checked. */
final class DiskTarget {
    /** What libvirt's own schema allows. */
    private static final Pattern FORM = Pattern.compile("(hd|sd|vd|xvd|ubd|fd)[a-zA-Z0-9_]{1,32}");

    private DiskTarget() {}

    static String checked(String target) {
        if (!FORM.matcher(target).matches()) {
            throw Failure.of(FailureKind.HYPERVISOR, "vm.odd-disk", "the guest has a disk with an unusual name")
                    .why("'" + Printable.line(target) + "' is no target name that libvirt allows")
                    .next("look at the guest's definition")
                    .build();
        }
        return target;
    }
}
