package io.berth.opennebula.run;

import io.berth.opennebula.shared.TransferDeed.BringDisk;
import io.berth.transport.script.OtherMachine;
import io.berth.transport.script.SshWay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Brings images from the front-end to hosts that don't share its datastores: with their holes, compared, durable, and only then
 * under the disk's name. Thread-safe.
 */
public final class DiskBringing {
    private static final byte[] QCOW2_MAGIC = "QFI".getBytes(StandardCharsets.US_ASCII);

    private final SshWay ssh;

    public DiskBringing(SshWay ssh) {
        this.ssh = ssh;
    }

    Brought bring(BringDisk deed, RequestLog log) {
        var doubt = doubt(deed);
        if (doubt.isPresent()) {
            log.info(doubt.get());
            return new Brought.NotPlaced(StepOutcome.failure(doubt.get()));
        }
        // The line of the drivers' own scripts.
        log.meant(new Complaint(
                "INFO: clone: Cloning " + deed.image() + " in " + deed.disk().path()));
        var attempt = new BringAttempt(deed, ssh, log);
        var received = attempt.receive();
        if (!received.success()) {
            attempt.drop();
            return new Brought.NotPlaced(received);
        }
        var placed = attempt.place();
        if (placed.success()) {
            return new Brought.Placed(placed);
        }
        return attempt.drop().success() ? new Brought.NotPlaced(placed) : new Brought.Untold(placed);
    }

    /** Why it is better left to the driver's script. */
    private static Optional<String> doubt(BringDisk deed) {
        var image = Path.of(deed.image());
        if (!OtherMachine.isName(deed.disk().host())) {
            return Optional.of("'" + deed.disk().host() + "' is no host's name");
        }
        if (!Files.isRegularFile(image)) {
            return Optional.of("there is no image " + image);
        }
        if (Files.exists(Path.of(deed.image() + ".snap"))) {
            return Optional.of(image + " has snapshots beside it");
        }
        try (var content = Files.newInputStream(image)) {
            var isQcow2 = Arrays.equals(content.readNBytes(QCOW2_MAGIC.length), QCOW2_MAGIC);
            return isQcow2 == deed.form().isQcow2()
                    ? Optional.empty()
                    : Optional.of(image + " isn't of the format that OpenNebula has for it");
        } catch (IOException unreadable) {
            return Optional.of(image + " can't be read: " + unreadable.getMessage());
        }
    }
}
