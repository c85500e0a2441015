package io.berth.opennebula.testkit;

import io.berth.driver.Cancellation;
import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.ThisMachine;
import java.nio.file.Path;
import java.util.List;

/** This machine's real qemu-img and qemu-io. */
public final class QemuImg {
    private QemuImg() {}

    /** A QCOW2 image of that many MiB that begins with 64 KiB of {@code Z}. */
    public static void create(Path image, int mebibytes) {
        run("qemu-img", "create", "-q", "-f", "qcow2", image.toString(), mebibytes + "M");
        run("qemu-io", "-f", "qcow2", "-c", "write -q -P 0x5a 0 64k", image.toString());
    }

    /** What of it a guest would read first. */
    public static void requireContent(Path disk) {
        run(
                "qemu-io",
                "-f",
                "qcow2",
                "-r",
                "-c",
                "read -q -P 0x5a 0 64k",
                "-c",
                "read -q -P 0 64k 64k",
                disk.toString());
    }

    /** What it says of an image whose parts belong together, as people read it. */
    public static String info(Path disk) {
        run("qemu-img", "check", "-q", "-f", "qcow2", disk.toString());
        return run("qemu-img", "info", "-f", "qcow2", disk.toString());
    }

    private static String run(String program, String... arguments) {
        var result = new ThisMachine(ScriptLimits.none())
                .run(ScriptCall.of("/usr/bin/" + program, List.of(arguments), ""), Cancellation.never());
        if (!result.succeeded() || result.output().contains("Pattern verification failed")) {
            throw new AssertionError(program + " " + List.of(arguments) + ": " + result);
        }
        return result.output();
    }
}
