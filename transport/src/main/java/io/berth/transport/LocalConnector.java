package io.berth.transport;

import io.berth.driver.HostRef;
import java.io.IOException;
import java.util.List;

/** Runs the helper on this machine. */
final class LocalConnector implements Connector {
    private final TransportSettings settings;

    LocalConnector(TransportSettings settings) {
        this.settings = settings;
    }

    @Override
    public HelperSession open(HostRef host) {
        var argv = Rights.asRoot(List.of(settings.localHelper().toString(), "serve"));
        try {
            var process = HelperProcess.start(argv, settings.localEnvironment());
            return Greeting.exchange(
                    host, process, settings.connectTimeout().plus(settings.connectTimeout()), ConnectFailures::local);
        } catch (IOException notStarted) {
            throw ConnectFailures.noHelper(host, notStarted.getMessage() == null ? "" : notStarted.getMessage());
        }
    }
}
