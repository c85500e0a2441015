package io.berth.storage.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.host.HostTransport;
import io.berth.storage.files.SuiteRun;
import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether the suite notices each fault: one that lets them all pass would prove nothing of a driver. */
class SuiteCatchesTest {
    private static final ScopedValue<UnaryOperator<HostTransport>> CHANGE = ScopedValue.newInstance();

    /** Not found by its name, so that it runs only from here. */
    static class SuiteOverSabotage extends StorageDriverBehaviour {
        @Override
        protected StorageWorld openWorld() {
            return new FakeWorld(CHANGE.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSuiteCatches(Sabotage sabotage) {
        assertThat(failures(sabotage::in)).as("tests that failed").isPositive();
    }

    @Test
    void theSuitePassesWithoutSabotage() {
        assertThat(failures(sound -> sound)).as("tests that failed").isZero();
    }

    private static long failures(UnaryOperator<HostTransport> change) {
        return ScopedValue.where(CHANGE, change).call(() -> SuiteRun.failures(SuiteOverSabotage.class));
    }
}
