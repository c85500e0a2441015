package io.berth.lab;

import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import io.berth.engine.embedded.Instruments;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** What an engine had done on hosts, as it went over the wire. Thread-safe. */
final class HeardCommands {
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    private record Heard(List<String> argv, int exitCode) {}

    Instruments instruments() {
        return new Instruments(Listening::new, UnaryOperator.identity());
    }

    /** How libvirt came by guests' images, one entry for each that it restored. */
    List<String> restores() {
        return heard.stream()
                .filter(one -> one.exitCode() == 0
                        && one.argv().contains("virsh")
                        && one.argv().contains("restore"))
                .map(one -> one.argv().contains("device-feed") ? "through a FIFO" : "from the device")
                .toList();
    }

    private final class Listening implements HostTransport {
        private final HostTransport inner;

        Listening(HostTransport inner) {
            this.inner = inner;
        }

        @Override
        public CommandResult run(HostRef host, HostCommand command) {
            var result = inner.run(host, command);
            heard.add(new Heard(command.argv(), result.exitCode()));
            return result;
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
