package io.berth.transport;

import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Commands on all hosts: on this machine directly, on others through ssh. One connection a host, kept until
 * {@link #close}; a lost one is opened again at the next command. Thread-safe; made for virtual threads.
 */
public final class Transports implements HostTransport {
    private final Function<HostRef, HostAddress> addresses;
    private final TransportSettings settings;
    private final BiConsumer<HostRef, Duration> connected;
    private final Map<Way, HostChannel> channels = new ConcurrentHashMap<>();

    /** @param addresses where a host is; throws a {@link io.berth.driver.Failure} for one that it doesn't know */
    public Transports(Function<HostRef, HostAddress> addresses, TransportSettings settings) {
        this(addresses, settings, (host, took) -> {});
    }

    /** @param connected hears how long each connection took to make, in the thread that made it */
    public Transports(
            Function<HostRef, HostAddress> addresses,
            TransportSettings settings,
            BiConsumer<HostRef, Duration> connected) {
        this.addresses = addresses;
        this.settings = settings;
        this.connected = connected;
    }

    /** What costs time at the first connection only. May be left out; thread-safe. */
    public static void prepare() {
        SharedConnection.prepare();
        var _ = ProcessHandle.current();
        var _ = new ProcessBuilder().environment();
    }

    private record Way(HostRef host, HostAddress address) {}

    @Override
    public CommandResult run(HostRef host, HostCommand command) {
        return channel(host).run(command);
    }

    /** Begins to connect, where that isn't done, and doesn't wait: for hosts that commands are about to be sent to. */
    public void connect(HostRef host) {
        channel(host).connect();
    }

    /** Looked up each time: a host that moved to another address is another way. */
    private HostChannel channel(HostRef host) {
        return channels.computeIfAbsent(new Way(host, addresses.apply(host)), this::channel);
    }

    private HostChannel channel(Way way) {
        var connector = switch (way.address()) {
            case HostAddress.Local _ -> new LocalConnector(settings);
            case HostAddress.Ssh ssh -> new SshConnector(ssh, settings);
        };
        return new HostChannel(way.host(), host -> {
            var began = System.nanoTime();
            var session = connector.open(host);
            connected.accept(host, Duration.ofNanos(System.nanoTime() - began));
            return session;
        });
    }

    @Override
    public void close() {
        channels.values().forEach(HostChannel::close);
    }
}
