package io.berth.transport;

import io.berth.driver.Call;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** This machine as a host whose helper keeps its state in a folder of the test's. */
final class LocalHost implements AutoCloseable {
    static final HostRef HOST = new HostRef("here");

    final Transports transport;

    LocalHost(Path state) {
        transport = anotherFrontEnd(state);
    }

    /** A connection of its own to the same host, as another process on another machine would have it. */
    static Transports anotherFrontEnd(Path state) {
        return new Transports(
                host -> new HostAddress.Local(),
                TransportSettings.defaults()
                        .withLocalHelper(HelperBinary.path(), Map.of("BERTH_STATE", state.toString())));
    }

    CommandResult run(HostCommand command) {
        return transport.run(HOST, command);
    }

    CommandResult read(String... argv) {
        return run(HostCommand.reading(argv));
    }

    static VmRef newVm() {
        return new VmRef(UUID.randomUUID(), "a guest");
    }

    static Call call(VmRef vm, long epoch, String operation) {
        return Call.of(token(vm, epoch, operation));
    }

    static FencingToken token(VmRef vm, long epoch, String operation) {
        return new FencingToken(vm, epoch, new OperationId(operation));
    }

    @Override
    public void close() {
        transport.close();
    }
}
