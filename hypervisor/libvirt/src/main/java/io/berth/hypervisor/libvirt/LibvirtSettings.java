package io.berth.hypervisor.libvirt;

import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.hypervisor.libvirt.transform.DomainTransformation;
import io.berth.hypervisor.libvirt.transform.FreePageReporting;
import io.berth.hypervisor.libvirt.transform.PinCpu;
import io.berth.hypervisor.libvirt.transform.PinMachine;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the driver speaks to libvirt.
 *
 * @param uri of the libvirt connection on each host, {@code qemu:///system}
 * @param writers the ways to write memory that may be used; without the stream ones no monitor command is ever sent, but
 *     to cut a disk's copy off from a host that is gone
 * @param transformations applied in this order
 * @param migration from host to host
 */
public record LibvirtSettings(
        String uri,
        Set<MemoryWriter> writers,
        List<DomainTransformation> transformations,
        StreamSettings streams,
        MigrationSettings migration) {
    private static final Pattern URI = Pattern.compile("[a-z][a-z0-9+]*://[\\x21-\\x7e]*");

    public LibvirtSettings {
        // It stands in an argument of its own, but must not look like an option.
        if (!URI.matcher(uri).matches()) {
            throw new IllegalArgumentException("no libvirt URI: " + uri);
        }
        writers = Set.copyOf(writers);
        transformations = List.copyOf(transformations);
    }

    /** The system's QEMU driver, every writer, the transformations that suit everybody. */
    public static LibvirtSettings defaults() {
        return new LibvirtSettings(
                "qemu:///system",
                EnumSet.allOf(MemoryWriter.class),
                List.of(new PinMachine(), new PinCpu(), new FreePageReporting()),
                StreamSettings.defaults(),
                MigrationSettings.defaults());
    }
}
