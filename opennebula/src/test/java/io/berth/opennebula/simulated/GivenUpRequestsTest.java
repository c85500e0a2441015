package io.berth.opennebula.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.action.MemoryDeed;
import io.berth.opennebula.memory.Verdict;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.Injector;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code DRIVER_CANCEL} in each moment of each deed: the work stops, or it was too late, and nothing in between stays. */
class GivenUpRequestsTest {
    record Scenario(MemoryDeed deed, Memory memory) {}

    /** Something happens just before an engine's call. */
    record Moment(int position, Runnable event) implements Injector {
        @Override
        public <T> T carry(Crossing<T> crossing) {
            if (crossing.position() == position) {
                event.run();
            }
            return crossing.effect().get();
        }
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(
                new Scenario(Deeds.save(), Memory.ON_ITS_HOST),
                new Scenario(Deeds.restore(Site.HERE), Memory.IN_A_CHECKPOINT),
                new Scenario(Deeds.restore(Site.THERE), Memory.IN_A_CHECKPOINT),
                new Scenario(Deeds.restoreForeign(Site.HERE), Memory.IN_A_FOREIGN_IMAGE),
                new Scenario(Deeds.move(), Memory.ON_ITS_HOST));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void whatTheCoreTakesBackLeavesTheGuestWhereItWasOrWhereItWasToBe(Scenario scenario) {
        var calls = Deeds.calls(scenario.deed(), scenario.memory());
        var stopped = 0;
        for (var position = 0; position < calls; position++) {
            stopped += isStopped(scenario, position) ? 1 : 0;
        }
        assertThat(stopped).as("moments in which it isn't too late").isBetween(calls / 4, calls);
    }

    private static boolean isStopped(Scenario scenario, int position) {
        var site = Deeds.site(scenario.memory());
        var request = site.request();
        var driver = site.start(new Moment(position, request.cancellation()::request));
        Deeds.ask(driver.memory(), scenario.deed(), request);
        var story = "%s taken back at call %d%n%s"
                .formatted(scenario, position, String.join("\n", site.world().story()));
        var isStopped = !Deeds.isSo(scenario.deed(), site);

        assertThat(isStopped && site.isSaved())
                .as(story)
                .isEqualTo(isStopped && scenario.memory().isSaved());
        assertThat(isStopped && site.isAliveOn(Site.HERE))
                .as(story)
                .isEqualTo(isStopped && !scenario.memory().isSaved());
        // The core asks again later, and gets what it wants.
        assertThat(Deeds.ask(site.start(Injector.none()).memory(), scenario.deed(), site.request()))
                .as(story)
                .isInstanceOf(Verdict.Done.class);
        assertThat(site.wrongs()).as(story).isEmpty();
        return isStopped;
    }
}
