package io.berth.engine.embedded;

import io.berth.core.journal.Owner;
import io.berth.driver.OperationId;
import io.berth.engine.configuration.Home;
import io.berth.engine.remote.DaemonLock;
import io.berth.engine.remote.DaemonSocket;
import io.berth.engine.remote.RemoteEngine;
import java.util.OptionalLong;

/**
 * Asks the daemon of a home through its socket, since a signal would end all of its work. Any other process gets the
 * signal, and a daemon that doesn't listen any more.
 */
final class DaemonOrProcess implements OwnerProcess {
    private final DaemonAtWork daemon;
    private final OwnerProcess process;

    /** @param process asks any process of this machine */
    DaemonOrProcess(DaemonAtWork daemon, OwnerProcess process) {
        this.daemon = daemon;
        this.process = process;
    }

    static OwnerProcess of(Home home, OwnerProcess process) {
        return new DaemonOrProcess(new DaemonOfHome(home), process);
    }

    @Override
    public Answer askToStop(Owner owner, OperationId operation) {
        var pid = daemon.pid();
        if (pid.isEmpty() || pid.getAsLong() != owner.pid()) {
            return process.askToStop(owner, operation);
        }
        daemon.cancel(operation);
        return Answer.ASKED;
    }

    /** A daemon, if there is one. */
    interface DaemonAtWork {
        /** Empty: nobody listens. */
        OptionalLong pid();

        /** Returns when the operation has ended. */
        void cancel(OperationId operation);
    }

    private record DaemonOfHome(Home home) implements DaemonAtWork {
        @Override
        public OptionalLong pid() {
            return DaemonSocket.of(home).isAnswered() ? DaemonLock.lastHolder(home.state()) : OptionalLong.empty();
        }

        @Override
        public void cancel(OperationId operation) {
            var socket = DaemonSocket.of(home);
            socket.distrust().ifPresent(distrust -> {
                throw distrust;
            });
            try (var engine = new RemoteEngine(socket.path())) {
                engine.operations().cancel(operation);
            }
        }
    }
}
