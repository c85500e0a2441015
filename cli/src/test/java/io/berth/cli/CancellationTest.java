package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.engine.EngineEvent;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import io.berth.engine.testkit.Samples;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private final CommandLineFixture berth = new CommandLineFixture();

    @Test
    void ctrlCAsksTheOperationToStopAndTheCommandEndsWithSix() {
        berth.engine.machines.outcome = this::cancelledByOnePress;

        assertThat(berth.run("vm", "suspend", "web", "next")).isEqualTo(6);

        assertThat(berth.errors()).contains("berth: cancelling; now: write the memory", "not done, and undone");
        assertThat(berth.engine.machines.suspended)
                .as("the second VM is left alone")
                .hasSize(1);
        assertThat(berth.interrupts.ended).as("it ends by itself").isEmpty();
        assertThat(berth.interrupts.isListenedTo()).isFalse();
    }

    @Test
    void aSecondCtrlCOnlySaysWhatIsBeingDone() {
        berth.engine.machines.outcome = (name, watch) -> {
            var report = cancelledByOnePress(name, watch);
            watch.events()
                    .accept(new EngineEvent.StepBegins(Samples.OPERATION, 1, "pause", "pause web", Direction.UNDO));
            berth.interrupts.press();
            return report;
        };

        assertThat(berth.run("vm", "suspend", "web")).isEqualTo(6);

        assertThat(berth.errors()).contains("still cancelling", "now: undo: pause web");
        assertThat(berth.interrupts.ended).isEmpty();
    }

    @Test
    void ctrlCWhileHostsAreStillLookedAtEndsTheProcess() {
        var hosts = new CountDownLatch(1);
        berth.engine.machines.outcome = (name, watch) -> {
            berth.interrupts.press();
            await().until(() -> !berth.interrupts.ended.isEmpty());
            hosts.countDown();
            return Samples.report(name);
        };

        berth.run("vm", "suspend", "web");

        assertThat(berth.interrupts.ended).containsExactly(6);
        assertThat(hosts.getCount()).isZero();
    }

    @Test
    void listsAreNotGuarded() {
        berth.run("vm", "list");

        assertThat(berth.interrupts.isListenedTo()).isFalse();
    }

    private Report cancelledByOnePress(String name, Watch watch) {
        watch.events().accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm(name), 3));
        watch.events()
                .accept(new EngineEvent.StepBegins(
                        Samples.OPERATION, 1, "save", "write the memory", Direction.FORWARD));
        var heard = new CountDownLatch(1);
        try (var _ = watch.cancellation().onRequest(heard::countDown)) {
            berth.interrupts.press();
            await().until(() -> heard.getCount() == 0);
        }
        return Samples.report(name, OperationState.FAILED, Optional.of(cancelled()), false);
    }

    private static Failure cancelled() {
        return Failure.of(FailureKind.CANCELLED, "operation.cancelled", "the operation was cancelled")
                .next("start it again when you like")
                .build();
    }
}
