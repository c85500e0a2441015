package io.berth.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.journal.Owner;
import io.berth.driver.OperationId;
import io.berth.engine.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DaemonOrProcessTest {
    private final List<String> asked = new ArrayList<>();

    @Test
    void theDaemonIsAskedAndNeverSignalled() {
        assertThat(ask(OptionalLong.of(42), 42)).isEqualTo(OwnerProcess.Answer.ASKED);

        assertThat(asked).containsExactly("daemon " + Samples.OPERATION);
    }

    @Test
    void otherProcessesAreSignalled() {
        assertThat(ask(OptionalLong.of(42), 7)).isEqualTo(OwnerProcess.Answer.GONE);
        assertThat(ask(OptionalLong.empty(), 42)).isEqualTo(OwnerProcess.Answer.GONE);

        assertThat(asked).containsExactly("process 7", "process 42");
    }

    private OwnerProcess.Answer ask(OptionalLong daemon, long owner) {
        return new DaemonOrProcess(new FakeDaemon(daemon), (process, operation) -> {
                    asked.add("process " + process.pid());
                    return OwnerProcess.Answer.GONE;
                })
                .askToStop(new Owner("h1-1-a", "boot", owner, 1), Samples.OPERATION);
    }

    /** A fake daemon. */
    private final class FakeDaemon implements DaemonOrProcess.DaemonAtWork {
        private final OptionalLong pid;

        private FakeDaemon(OptionalLong pid) {
            this.pid = pid;
        }

        @Override
        public OptionalLong pid() {
            return pid;
        }

        @Override
        public void cancel(OperationId operation) {
            asked.add("daemon " + operation);
        }
    }
}
