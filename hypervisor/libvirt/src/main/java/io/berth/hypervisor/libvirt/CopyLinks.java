package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.HostRef;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The connections over which QEMU copies disks to another host. When that host loses power QEMU waits for its answer as long
 * as TCP does, a quarter of an hour, and libvirt's abortion waits with it (seen with 9.0 and 7.2); QEMU's {@code yank} cuts
 * them at once.
 */
final class CopyLinks {
    /** What libvirt calls the far ends of a migration's copies; a guest's own network disks are called otherwise. */
    private static final Pattern NODE = Pattern.compile("\"node-name\": *\"(migration-[A-Za-z0-9_-]{1,64})\"");

    private final Virsh virsh;
    private final VirshCommands commands;

    CopyLinks(Virsh virsh, VirshCommands commands) {
        this.virsh = virsh;
        this.commands = commands;
    }

    /** Whatever comes of it: whether the migration is over is looked at anyway. */
    void cut(Call call, HostRef from, UUID vm) {
        NODE.matcher(virsh.look(from, commands.links(vm)).output())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .forEach(node -> virsh.attempt(call, from, new byte[0], commands.cutLink(vm, node)));
    }
}
