package io.berth.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.journal.OperationState;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.Progress;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.InjectedFailures;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.boundary.Site;
import io.berth.simulator.fault.Scenario.Task;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** An operation that its owner cancels ends as cancelled, whatever becomes of the command it was at. */
class CancelledTest {
    private static final Scenario SCENARIO = new Scenario(Task.SUSPEND, MemoryWriter.STREAM, true, true, true, false);

    @Test
    void theAnswerOfTheStoppedCommandMayBeLost() {
        assertThat(failureOfSaveThat(InjectedFailures::unheard).code()).isEqualTo("operation.cancelled");
    }

    @Test
    void aFailureOfItsOwnIsToldAsWhatItIs() {
        assertThat(failureOfSaveThat(InjectedFailures::failed).code()).isEqualTo("injected.failed");
    }

    private static Failure failureOfSaveThat(Function<Site, Failure> fails) {
        var wish = new Cancellation();
        var stage = new Stage(SCENARIO, Variation.NONE, 1);
        var engine = stage.engines()
                .start(new Boundary(
                        stage.world(),
                        new Injector() {
                            @Override
                            public <T> T carry(Crossing<T> crossing) {
                                if (crossing.site().what().startsWith("guests.save")) {
                                    wish.request();
                                    throw fails.apply(crossing.site());
                                }
                                return crossing.effect().get();
                            }
                        },
                        () -> {}));
        try {
            var result = engine.operations()
                    .suspend(
                            new SuspendRequest(
                                    "guest",
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    false),
                            engine.operations().options().with(wish, Progress.NONE));
            assertThat(result.state()).isEqualTo(OperationState.FAILED);
            return result.failure().orElseThrow();
        } finally {
            engine.process().die();
        }
    }
}
