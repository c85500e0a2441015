package io.berth.hypervisor.libvirt;

import java.util.UUID;

/** A domain as libvirt lists it. */
record SurveyedDomain(UUID uuid, String name, boolean persistent, DomainState state) {}
