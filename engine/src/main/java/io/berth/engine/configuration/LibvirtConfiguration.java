package io.berth.engine.configuration;

import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.hypervisor.libvirt.MigrationSettings;
import io.berth.hypervisor.libvirt.StreamSettings;
import java.util.List;

/** How libvirt is spoken to. */
public record LibvirtConfiguration(
        String uri,
        List<MemoryWriter> writers,
        List<Transformation> transformations,
        StreamSettings streams,
        MigrationSettings migration) {
    public LibvirtConfiguration {
        writers = List.copyOf(writers);
        transformations = List.copyOf(transformations);
    }
}
