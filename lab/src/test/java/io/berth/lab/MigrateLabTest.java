package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.journal.OperationState;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.engine.EngineEvent;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real guest is brought to another host through a checkpoint, or comes back. */
@ExtendWith(LabExtension.class)
class MigrateLabTest {
    private final Site site;
    private final Lab lab;
    private final Ferry ferry;

    MigrateLabTest(Site site) {
        this.site = site;
        this.lab = site.lab();
        this.ferry = new Ferry(site);
    }

    @BeforeEach
    void aGuestRuns() {
        ferry.running();
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAM", "FAST"})
    void aGuestGoesOnAtTheTarget(MemoryWriter writer) {
        var there = Site.other(ferry.running());
        var before = ferry.hear();

        Ferry.requireSuccess(
                migrate(new MigrateRequest(ferry.request(writer), there, MigrationMode.COLD), event -> {}));

        ferry.assertGoesOnAt(there, before);
        assertThat(ferry.virsh(there, "dominfo", ferry.name()).output()).containsPattern("Persistent: +yes");
        assertThat(ferry.virsh(Site.other(there), "list", "--all", "--name").output())
                .doesNotContain(ferry.name());
    }

    @Test
    void aGuestComesBackWhenItsTargetDiesInBetween() {
        var here = ferry.running();
        var there = Site.other(here);
        var before = ferry.hear();

        var report = migrate(
                MigrateRequest.of(ferry.name(), there, MigrationMode.COLD),
                when("to-verify", () -> lab.powerOff(there.name())));

        // Whether the target came to harm isn't known while it is silent.
        assertThat(report.result().state()).isEqualTo(OperationState.PENDING);
        ferry.assertInOneVolume();
        ferry.recover(there);
        ferry.goesOn(before);
        assertThat(ferry.places()).containsExactly(here);
        lab.powerOn(there.name());
        site.awaitHosts();
        site.engine().upkeep().collectGarbage(true);
        ferry.assertGoesOnAt(here, before);
    }

    @Test
    void whatTheTargetRefusesIsToldBeforeAnythingIsTouched() {
        var here = ferry.running();

        assertThatThrownBy(() -> migrate(MigrateRequest.of(ferry.name(), here, MigrationMode.BEST), event -> {}))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("migrate.same-host"));
        assertThatThrownBy(() -> migrate(
                        new MigrateRequest(
                                ferry.request(Site.ODD, MemoryWriter.STREAM), Site.other(here), MigrationMode.COLD),
                        event -> {}))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("datastore.out-of-reach"));

        ferry.assertNothingLeft();
    }

    private Report migrate(MigrateRequest request, Consumer<EngineEvent> events) {
        return site.engine().machines().migrate(request, new Watch(events, Cancellation.never()));
    }

    private static Consumer<EngineEvent> when(String step, Runnable accident) {
        return event -> {
            if (event instanceof EngineEvent.StepBegins begins && begins.step().equals(step)) {
                accident.run();
            }
        };
    }
}
