package io.berth.hypervisor.libvirt.transform;

import java.util.Optional;

/** What a transformation may want to know of the host the guest is going to. Asked only when needed. */
public interface HostFacts {
    /** libvirt's answer to {@code domcapabilities} for that kind of machine: what the host would make of it. */
    Optional<String> domainCapabilities(String type, String architecture, String machine);
}
