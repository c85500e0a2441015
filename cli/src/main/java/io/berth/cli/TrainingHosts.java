package io.berth.cli;

import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands in for what the machine that trains the AOT cache lacks: block devices, and libvirt with a guest. It makes
 * believe in a guest that can be suspended and resumed; whatever else is asked goes to the real transport.
 *
 * <p>Nothing but {@link AotTraining} uses it. Keeps its state from one command line to the next; used by one thread at a
 * time for each host.
 */
final class TrainingHosts {
    private static final String GUEST = "3f0c1a52-7d6e-4b8f-9a01-5c2d3e4f6071";
    private static final String DEVICE = "/dev/loop0";
    private static final String FINISHED = "LibvirtQemudSave";
    /** The first bytes of QEMU's stream, version 3. */
    private static final String STREAM = "QEVM\0\0\0\3";

    private static final long IMAGE_LENGTH = 1 << 20;
    private static final String DIGEST = "0".repeat(64);

    private final Map<HostRef, Host> hosts = new HashMap<>();

    /** Where the guest is at first. */
    TrainingHosts(HostRef home) {
        host(home).guest = "1 1 kept";
    }

    /** One that asks here before it asks the real one. */
    HostTransport before(HostTransport real) {
        return new HostTransport() {
            @Override
            public CommandResult run(HostRef host, HostCommand command) {
                return host(host).run(real, host, command);
            }

            @Override
            public void close() {
                real.close();
            }
        };
    }

    private synchronized Host host(HostRef ref) {
        return hosts.computeIfAbsent(ref, _ -> new Host());
    }

    private static final class Host {
        /** State, reason and whether it is kept, as the helper tells; empty: it isn't there. */
        private String guest = "";

        private String attached = "";
        private byte[] image = new byte[0];

        synchronized CommandResult run(HostTransport real, HostRef host, HostCommand command) {
            var argv = command.argv();
            return switch (argv.getFirst()) {
                case HostCommand.HELPER -> helper(real, host, command);
                case "losetup" -> losetup(argv);
                case "test" -> ok("");
                case "find" -> new CommandResult(1, "", "", false);
                default -> virsh(real, host, command);
            };
        }

        private CommandResult losetup(List<String> argv) {
            switch (argv.get(1)) {
                case "--find" -> attached = argv.getLast();
                case "--detach" -> attached = "";
                default -> {
                    return ok(attached.isEmpty() ? "" : DEVICE + " 0 " + attached + "\n");
                }
            }
            return ok(DEVICE + "\n");
        }

        private CommandResult helper(HostTransport real, HostRef host, HostCommand command) {
            var argv = command.argv();
            return switch (argv.get(1)) {
                case "guest-look" -> ok(look());
                case "guest-pause" -> becomes("3 1" + guest.substring(3));
                case "guest-resume" -> becomes("1 5" + guest.substring(3));
                case "guest-destroy" -> becomes("");
                case "guest-undefine" -> becomes(guest.replace("kept", "transient"));
                case "guest-definitions" -> {
                    var definition = real.run(host, HostCommand.reading("virsh", "dumpxml " + GUEST))
                            .output();
                    yield ok(definition + argv.getLast() + definition);
                }
                case "stream-save" -> save(command);
                case "device-size" -> ok(size() + "\n");
                case "device-read" -> ok(read(Integer.parseInt(argv.get(4))) + "\n");
                case "device-digest" -> ok(DIGEST + "\n");
                case "stream-cancel",
                        "device-clear",
                        "device-flush",
                        "device-drop-cache",
                        "device-discard",
                        "device-prefetch" -> ok("");
                default -> real.run(host, command);
            };
        }

        private CommandResult virsh(HostTransport real, HostRef host, HostCommand command) {
            var argv = command.argv();
            if (argv.contains("restore")) {
                return becomes("3 1 transient");
            }
            if (argv.contains("define")) {
                return becomes(guest.replace("transient", "kept"));
            }
            return real.run(host, command);
        }

        private CommandResult becomes(String state) {
            guest = state;
            return ok("");
        }

        private String look() {
            return guest.isEmpty()
                    ? ""
                    : "domain " + GUEST + " " + guest + " 747261696e6565\nprocess 4711 " + GUEST + "\n";
        }

        private CommandResult save(HostCommand command) {
            var head = command.stdin();
            image = Arrays.copyOf(head, head.length + STREAM.length());
            put(FINISHED, 0);
            put(STREAM, head.length);
            var lines = List.of("progress 1 2", "done " + IMAGE_LENGTH);
            lines.forEach(command.outputLines());
            return ok(String.join("\n", lines) + "\n");
        }

        private void put(String text, int at) {
            var bytes = text.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(bytes, 0, image, at, bytes.length);
        }

        private String read(int length) {
            return Base64.getEncoder().encodeToString(Arrays.copyOf(image, length));
        }

        private long size() {
            try {
                return Files.size(Path.of(attached));
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }

        private static CommandResult ok(String output) {
            return new CommandResult(0, output, "", false);
        }
    }
}
