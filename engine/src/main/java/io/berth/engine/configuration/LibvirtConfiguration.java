package io.berth.engine.configuration;

import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.hypervisor.libvirt.EmulatedLive;
import java.util.List;

/** How libvirt is spoken to. */
public record LibvirtConfiguration(
        String uri, List<MemoryWriter> writers, List<Transformation> transformations, EmulatedLive emulatedLive) {
    public LibvirtConfiguration {
        writers = List.copyOf(writers);
        transformations = List.copyOf(transformations);
    }
}
