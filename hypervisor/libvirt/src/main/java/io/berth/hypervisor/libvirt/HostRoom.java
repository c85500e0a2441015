package io.berth.hypervisor.libvirt;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.HostMemory;
import java.util.Optional;
import java.util.OptionalLong;

/** Asks for a host's memory. */
final class HostRoom {
    private static final String UNIT = " KiB";

    private final Virsh virsh;
    private final VirshCommands commands;

    HostRoom(Virsh virsh, VirshCommands commands) {
        this.virsh = virsh;
        this.commands = commands;
    }

    HostMemory of(HostRef host) {
        var argv = commands.memoryOfHost();
        return parse(virsh.answer(host, "can't ask for the host's memory", argv))
                .orElseThrow(() -> Failure.of(
                                FailureKind.HYPERVISOR, "libvirt.odd-answer", "libvirt doesn't tell the host's memory")
                        .host(host)
                        .command(String.join(" ", argv))
                        .next("run the command by hand on the host")
                        .build());
    }

    /** Buffers and caches count as free: the kernel gives them up for guests. */
    static Optional<HostMemory> parse(String answer) {
        var fields = Fields.of(answer.replace(UNIT, ""), ":");
        var total = fields.number("total");
        var free = fields.number("free");
        if (total.isEmpty() || free.isEmpty()) {
            return Optional.empty();
        }
        var reclaimed = orZero(fields.number("buffers")) + orZero(fields.number("cached"));
        return Optional.of(new HostMemory(
                DataSize.ofKibibytes(Math.min(free.getAsLong() + reclaimed, total.getAsLong())),
                DataSize.ofKibibytes(total.getAsLong())));
    }

    private static long orZero(OptionalLong number) {
        return number.orElse(0);
    }
}
