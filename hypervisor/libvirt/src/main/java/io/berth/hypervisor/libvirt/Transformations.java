package io.berth.hypervisor.libvirt;

import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.hypervisor.Phase;
import io.berth.driver.xml.Xml;
import io.berth.hypervisor.libvirt.transform.DomainTransformation;
import io.berth.hypervisor.libvirt.transform.DomainXml;
import io.berth.hypervisor.libvirt.transform.HostFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applies the configured transformations in order. */
final class Transformations {
    private final List<DomainTransformation> ordered;
    private final Virsh virsh;
    private final VirshCommands commands;

    Transformations(List<DomainTransformation> ordered, Virsh virsh, VirshCommands commands) {
        this.ordered = ordered;
        this.virsh = virsh;
        this.commands = commands;
    }

    /** Never empty: with nothing to do for the phase it is one change, named {@code none}, that changes nothing. */
    List<DefinitionChange> apply(HostRef host, String definition, Phase phase) {
        var changes = new ArrayList<DefinitionChange>();
        // In Berth's own way of writing XML from the start, so that a comparison shows what was changed and no more.
        var current = new DomainXml(Xml.serialise(Xml.parse(definition)));
        var facts = facts(host);
        for (var transformation : ordered) {
            if (transformation.phases().contains(phase)) {
                var changed = transformation.apply(current, phase, facts);
                changes.add(new DefinitionChange(transformation.name(), current.text(), changed.text()));
                current = changed;
            }
        }
        return changes.isEmpty() ? List.of(new DefinitionChange("none", definition, definition)) : changes;
    }

    private HostFacts facts(HostRef host) {
        return (type, architecture, machine) -> {
            var platform = new GuestPlatform(type, architecture, machine);
            var answer = virsh.look(host, commands.domainCapabilities(platform));
            // A machine that the host doesn't offer is refused elsewhere, with a better message.
            return answer.succeeded() ? Optional.of(answer.output()) : Optional.empty();
        };
    }
}
