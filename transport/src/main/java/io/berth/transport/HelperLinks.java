package io.berth.transport;

import io.berth.driver.Call;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.host.HostLinks;
import io.berth.driver.host.HostTransport;
import java.util.Optional;

/** Links at checkpoints' standard paths, through the host's helper. Thread-safe. */
public final class HelperLinks implements HostLinks {
    private final HelperCommand helper;

    public HelperLinks(HostTransport transport) {
        this.helper = new HelperCommand(transport);
    }

    @Override
    public void publish(Call call, HostRef host, String path, DevicePath device) {
        var command = HelperCommand.changing(call, "link", path, device.path());
        var result = helper.run(host, command);
        if (result.exitCode() == HelperCommand.OCCUPIED) {
            throw Failure.of(FailureKind.CONFLICT, "link.occupied", "The checkpoint's standard path is taken")
                    .host(host)
                    .command(command.toString())
                    .why(HelperCommand.why(result))
                    .next("it may be somebody's checkpoint: see what " + Printable.line(path)
                            + " is, and move it away if nobody needs it")
                    .build();
        }
        if (!result.succeeded()) {
            throw HelperCommand.failure(host, command, result, "The checkpoint's link could not be made");
        }
    }

    @Override
    public void remove(Call call, HostRef host, String path) {
        var command = HelperCommand.changing(call, "unlink", path);
        var result = helper.run(host, command);
        if (!result.succeeded()) {
            throw HelperCommand.failure(host, command, result, "The checkpoint's link could not be removed");
        }
    }

    @Override
    public Optional<String> read(HostRef host, String path) {
        var command = HelperCommand.reading("read-link", path);
        var result = helper.run(host, command);
        if (result.exitCode() == HelperCommand.ABSENT) {
            return Optional.empty();
        }
        if (!result.succeeded()) {
            throw HelperCommand.failure(host, command, result, "The checkpoint's link can't be read");
        }
        var output = result.output();
        // One newline is the answer's; the others, should there be any, are the link's.
        return Optional.of(output.endsWith("\n") ? output.substring(0, output.length() - 1) : output);
    }
}
