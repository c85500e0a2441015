package io.berth.hypervisor.libvirt;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.util.Base64;

/** Reads devices of a host through its helper. Thread-safe. */
final class DeviceBytes {
    /** Longest piece of one read: base64 of it fits into the 1 MiB of output that a transport keeps. */
    static final int PIECE = 512 << 10;

    private final HostTransport transport;

    DeviceBytes(HostTransport transport) {
        this.transport = transport;
    }

    /** @throws Failure {@code device.short} if the device ends before, {@code device.unreadable} (both STORAGE) */
    byte[] read(HostRef host, DevicePath device, long offset, int length) {
        var bytes = new byte[length];
        for (var done = 0; done < length; done += PIECE) {
            var piece = piece(host, device, offset + done, Math.min(PIECE, length - done));
            System.arraycopy(piece, 0, bytes, done, piece.length);
        }
        return bytes;
    }

    DataSize size(HostRef host, DevicePath device) {
        var command = HostCommand.reading(HostCommand.HELPER, "device-size", device.path());
        var result = transport.run(host, command);
        try {
            if (result.succeeded()) {
                return new DataSize(Long.parseLong(result.output().strip()));
            }
        } catch (IllegalArgumentException _) {
            // Told below, like any other answer that isn't a size.
        }
        throw Failure.of(FailureKind.STORAGE, "device.unreadable", "can't tell the size of " + device)
                .next("check that the volume is attached")
                .host(host)
                .command(command.toString())
                .output(result.errorOutput())
                .build();
    }

    private byte[] piece(HostRef host, DevicePath device, long offset, int length) {
        var command = HostCommand.reading(
                HostCommand.HELPER, "device-read", device.path(), Long.toString(offset), Integer.toString(length));
        var result = transport.run(host, command);
        if (!result.succeeded()) {
            var isShort = result.errorOutput().startsWith("short:");
            throw Failure.of(
                            FailureKind.STORAGE,
                            isShort ? "device.short" : "device.unreadable",
                            "can't read " + length + " bytes at " + offset + " of " + device)
                    .why(isShort ? "the device ends before" : "")
                    .next("check that the volume is attached and whole")
                    .host(host)
                    .command(command.toString())
                    .output(result.errorOutput())
                    .build();
        }
        try {
            // The helper may break lines; the decoder that ignores them would ignore anything else as well.
            var bytes = Base64.getDecoder().decode(result.output().replaceAll("\\s", ""));
            if (bytes.length == length) {
                return bytes;
            }
            return mismatch(host, command, bytes.length + " bytes came, " + length + " were asked for");
        } catch (IllegalArgumentException garbage) {
            return mismatch(host, command, String.valueOf(garbage.getMessage()));
        }
    }

    private static byte[] mismatch(HostRef host, HostCommand command, String why) {
        throw Failure.of(FailureKind.ENVIRONMENT, "host.bad-answer", "the host helper's answer makes no sense")
                .why(why)
                .next("update the helper with 'berth host add'")
                .host(host)
                .command(command.toString())
                .build();
    }
}
