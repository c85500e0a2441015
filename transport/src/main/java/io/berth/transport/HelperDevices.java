package io.berth.transport;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostDevices;
import io.berth.driver.host.HostTransport;
import java.util.Base64;

/** Block devices through the host's helper. Thread-safe. */
public final class HelperDevices implements HostDevices {
    /** Base64 of it fits into the 1 MiB that an answer may have. */
    private static final int PIECE = 512 * 1024;

    private final HelperCommand helper;

    public HelperDevices(HostTransport transport) {
        this.helper = new HelperCommand(transport);
    }

    @Override
    public DataSize size(HostRef host, DevicePath device) {
        var command = HelperCommand.reading("device-size", device.path());
        var result = require(host, command, "The size of " + device + " can't be read");
        return new DataSize(Long.parseLong(result.output().strip()));
    }

    @Override
    public void clear(Call call, HostRef host, DevicePath device) {
        var command = HelperCommand.changing(call, "device-clear", device.path());
        require(host, command, device + " could not be cleared");
    }

    @Override
    public void flush(Call call, HostRef host, DevicePath device) {
        var command = HelperCommand.changing(call, "device-flush", device.path());
        var result = helper.run(host, command);
        if (!result.succeeded()) {
            throw Failure.of(
                            FailureKind.STORAGE,
                            "device.flush-failed",
                            "What was written to " + device + " may be lost")
                    .host(host)
                    .command(command.toString())
                    .why(HelperCommand.why(result))
                    .output(result.errorOutput())
                    .next("the guest's memory is still in the host: see the storage and the host's kernel log, then "
                            + "save again")
                    .build();
        }
    }

    @Override
    public void dropCache(Call call, HostRef host, DevicePath device) {
        var command = HelperCommand.changing(call, "device-drop-cache", device.path());
        require(host, command, "The host's cached blocks of " + device + " could not be dropped");
    }

    @Override
    public void write(Call call, HostRef host, DevicePath device, long offset, byte[] bytes) {
        if (bytes.length > WRITE_LIMIT) {
            throw new IllegalArgumentException("too much to be written at once: " + bytes.length);
        }
        var command = HelperCommand.changing(call, "device-write", device.path(), Long.toString(offset))
                .withStdin(bytes);
        require(host, command, device + " can't be written");
    }

    @Override
    public byte[] read(HostRef host, DevicePath device, long offset, int length) {
        var bytes = new byte[length];
        for (var done = 0; done < length; ) {
            var piece = Math.min(PIECE, length - done);
            var command = HelperCommand.reading(
                    "device-read", device.path(), Long.toString(offset + done), Integer.toString(piece));
            var result = require(host, command, device + " can't be read");
            var decoded = Base64.getDecoder().decode(result.output().strip());
            System.arraycopy(decoded, 0, bytes, done, piece);
            done += piece;
        }
        return bytes;
    }

    @Override
    public String digest(Call call, HostRef host, DevicePath device, long offset, DataSize length) {
        // Under the guard though it changes nothing: so it has the call's deadline and can be cancelled.
        var command = HelperCommand.changing(
                call, "device-digest", device.path(), Long.toString(offset), Long.toString(length.bytes()));
        return require(host, command, device + " can't be read").output().strip();
    }

    @Override
    public void copy(Call call, HostRef host, DevicePath from, DevicePath to, DataSize length) {
        var command = HelperCommand.changing(call, "device-copy", from.path(), to.path(), Long.toString(length.bytes()))
                .withOutputLines(new CopiedLines(call.progress(), length));
        require(host, command, from + " can't be copied to " + to);
    }

    @Override
    public void discardFrom(Call call, HostRef host, DevicePath device, long offset) {
        var command = HelperCommand.changing(call, "device-discard", device.path(), Long.toString(offset));
        require(host, command, "The unused end of " + device + " could not be given back");
    }

    private CommandResult require(HostRef host, HostCommand command, String what) {
        var result = helper.run(host, command);
        if (result.succeeded()) {
            return result;
        }
        if (result.exitCode() == HelperCommand.SHORT) {
            throw Failure.of(FailureKind.STORAGE, "device.short", "The device is shorter than what should be on it")
                    .host(host)
                    .command(command.toString())
                    .why(HelperCommand.why(result))
                    .next("this is not the whole volume: see that the right one is attached, and its size")
                    .build();
        }
        throw HelperCommand.failure(host, command, result, what);
    }
}
