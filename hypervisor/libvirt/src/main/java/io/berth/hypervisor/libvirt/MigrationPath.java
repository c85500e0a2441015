package io.berth.hypervisor.libvirt;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.MigrationRequest;
import io.berth.driver.xml.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a guest can get from one host to another: the way, its disks at the end of it, room for its memory. */
final class MigrationPath {
    private final Virsh virsh;
    private final VirshCommands commands;
    private final HostRoom room;
    private final MigrationSettings settings;
    private final SharedDisks disks;

    MigrationPath(Virsh virsh, VirshCommands commands, HostRoom room, MigrationSettings settings) {
        this.virsh = virsh;
        this.commands = commands;
        this.room = room;
        this.settings = settings;
        this.disks = new SharedDisks(virsh);
    }

    List<Failure> obstacles(HostRef from, VmRef vm, MigrationRequest request, Set<String> brought) {
        var to = request.to();
        var what = "can't read the guest's definition";
        var answers = virsh.severalQuickly(from, what, 2, mark -> commands.definitions(mark, vm.uuid()));
        if (answers.part(1).isEmpty()) {
            throw VirshErrors.failure(
                    from, what, answers.result(), "virsh", "dumpxml", vm.uuid().toString());
        }
        var guest = GuestXml.parse(answers.part(1));
        var found = new ArrayList<Failure>();
        way(from, to).ifPresent(found::add);
        room(to, guest).ifPresent(found::add);
        var there = guest.disks().stream()
                .filter(disk -> !brought.contains(disk.target()))
                .toList();
        found.addAll(disks.obstacles(from, to, there));
        guest.disks().stream()
                .filter(disk -> request.copied().contains(disk.target()))
                .flatMap(disk -> CopiedDisks.obstacle(from, disk).stream())
                .forEach(found::add);
        return List.copyOf(found);
    }

    /** What the source reaches under the target's name must be the host that Berth knows under it. */
    private Optional<Failure> way(HostRef from, HostRef to) {
        var argv = commands.peer(settings.uri(to));
        var result = virsh.look(from, argv);
        if (!result.succeeded()) {
            return Optional.of(obstacle("migrate.no-way", "the source can't reach the target's libvirt", from)
                    .why("it tried " + settings.uri(to))
                    .next("see that root of " + from + " gets there without a question, or set libvirt.migration-uri")
                    .command(String.join(" ", argv))
                    .output(result.errorOutput())
                    .build());
        }
        var reached = identity(result.output());
        if (reached.equals(identity(from))) {
            return Optional.of(obstacle("migrate.same-host", "the target is the source", to)
                    .why(settings.uri(to) + " leads " + from + " to itself")
                    .next("choose another host, or see what the name means on " + from)
                    .build());
        }
        return reached.equals(identity(to))
                ? Optional.empty()
                : Optional.of(obstacle("migrate.wrong-host", "the source reaches another host than the target", from)
                        .why(settings.uri(to) + " isn't the host that Berth knows as " + to)
                        .next("make the name mean the same everywhere, or set libvirt.migration-uri")
                        .build());
    }

    private String identity(HostRef host) {
        return identity(virsh.answer(host, "can't ask libvirt which host it is", commands.capabilities()));
    }

    private static String identity(String capabilities) {
        return Xml.at(Xml.parse(capabilities).getDocumentElement(), "host", "uuid").stream()
                .findFirst()
                .map(uuid -> uuid.getTextContent().strip())
                .orElse("");
    }

    private Optional<Failure> room(HostRef to, GuestXml guest) {
        if (guest.usesHugePages()) {
            return Optional.empty(); // a pool of their own, which libvirt looks at
        }
        var free = room.of(to).free();
        return guest.memory().exceeds(free)
                ? Optional.of(obstacle("host.no-memory", "the target has no room for the guest's memory", to)
                        .why("it may get " + guest.memory() + ", free are " + free)
                        .next("choose another host, or make room there")
                        .build())
                : Optional.empty();
    }

    private static Failure.Builder obstacle(String code, String what, HostRef host) {
        return Failure.of(FailureKind.ENVIRONMENT, code, what).host(host);
    }
}
