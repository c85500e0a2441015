package io.berth.bench.stage;

import java.util.regex.Pattern;

/** A real guest on the lab's first host, which plain virsh saves and restores too. Used by one thread. */
public final class LabGuest {
    private static final Pattern LINE = Pattern.compile("\\bline=(\\d+)");
    private static final long ROOM_MIB = 64;

    private final Lab lab;
    private final GuestKind kind;
    private String line = "";

    LabGuest(Lab lab, GuestKind kind) {
        this.lab = lab;
        this.kind = kind;
        lab.guest(name(), Stage.HOST, kind);
        mark();
    }

    GuestKind kind() {
        return kind;
    }

    public String name() {
        return kind.guestName();
    }

    /**
     * Waits until it has gone on for a while, and sees to it that it is the same. What was written before is on disk
     * then, and slows down nothing that is measured next.
     *
     * @throws IllegalStateException when it isn't
     */
    public void settle() {
        var answer = lab.oracle(name(), "--since", line, "--wait-ticks", "4", "--timeout", "60", "--strict");
        line = lineIn(answer);
        lab.in(Stage.HOST, "sync");
    }

    private void mark() {
        line = lineIn(lab.oracle(name(), "--wait-ticks", "2"));
    }

    private static String lineIn(String answer) {
        var matcher = LINE.matcher(answer);
        if (!matcher.find()) {
            throw new IllegalStateException("the oracle says no line: " + answer);
        }
        return matcher.group(1);
    }

    /**
     * What the hypervisor alone takes, on the host itself.
     *
     * @param save seconds
     * @param restore seconds
     */
    public record Plain(double save, double restore) {}

    /** {@code virsh save} onto a fresh device of the kind that Berth uses, then {@code virsh restore} from it. */
    public Plain savePlainly(boolean bypassingCache) {
        var file = "/srv/berth/plain.img";
        lab.in(Stage.HOST, "truncate", "--size", kind.memory() + ROOM_MIB + "M", file);
        var device = lab.in(Stage.HOST, "losetup", "--find", "--show", "--direct-io=on", file)
                .strip();
        try {
            var saved = bypassingCache
                    ? lab.timed(Stage.HOST, "virsh", "--quiet", "save", "--bypass-cache", name(), device)
                    : lab.timed(Stage.HOST, "virsh", "--quiet", "save", name(), device);
            var restored = lab.timed(Stage.HOST, "virsh", "--quiet", "restore", device);
            settle();
            return new Plain(saved.seconds(), restored.seconds());
        } finally {
            lab.in(Stage.HOST, "losetup", "--detach", device);
            lab.in(Stage.HOST, "rm", file);
        }
    }

    /** {@code virsh save} into a file, then {@code virsh restore} from it; the file is gone afterwards. */
    public Plain savePlainly(String file) {
        var saved = lab.timed(Stage.HOST, "virsh", "--quiet", "save", name(), file);
        var restored = lab.timed(Stage.HOST, "virsh", "--quiet", "restore", file);
        lab.in(Stage.HOST, "rm", file);
        settle();
        return new Plain(saved.seconds(), restored.seconds());
    }

    /** Bytes ever written to the host's loop devices, attached or not. */
    public long writtenToDevices() {
        var sectors = 0L;
        for (var statistics : lab.in(Stage.HOST, "sh", "-c", "cat /sys/block/loop*/stat")
                .lines()
                .toList()) {
            sectors += Long.parseLong(statistics.strip().split("\\s+")[6]);
        }
        return sectors * 512;
    }

    void end() {
        lab.in(Stage.HOST, "sh", "-c", "virsh destroy \"$1\"; virsh undefine \"$1\"", "end", name());
    }

    /** Tells from now on when QEMU stopped the guest. */
    public StopEvents stopEvents() {
        return new StopEvents(lab.listening(
                Stage.HOST, "virsh", "qemu-monitor-event", "--event", "STOP", "--loop", "--timeout", "3600"));
    }
}
