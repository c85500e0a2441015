package io.berth.opennebula.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.action.MemoryDeed;
import io.berth.opennebula.memory.Verdict;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.Injector;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever call of the engine's fails, is lost or is its process's last one: what the core is told is so, and a request that it
 * repeats to a driver that was started anew is brought to its end.
 */
class TrueAnswersTest {
    private static final Set<OneFault.Kind> KILLING =
            EnumSet.of(OneFault.Kind.KILLED_BEFORE, OneFault.Kind.KILLED_AFTER);

    record Scenario(MemoryDeed deed, Memory memory, OneFault.Kind fault) {}

    static Stream<Scenario> scenarios() {
        return Stream.of(OneFault.Kind.values())
                .flatMap(fault -> Stream.of(
                        new Scenario(Deeds.save(), Memory.ON_ITS_HOST, fault),
                        new Scenario(Deeds.restore(Site.HERE), Memory.IN_A_CHECKPOINT, fault),
                        new Scenario(Deeds.restore(Site.THERE), Memory.IN_A_CHECKPOINT, fault),
                        new Scenario(Deeds.restoreForeign(Site.THERE), Memory.IN_A_FOREIGN_IMAGE, fault),
                        new Scenario(Deeds.move(), Memory.ON_ITS_HOST, fault)));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theCoreIsToldWhatIsSoWhateverCallIsStruck(Scenario scenario) {
        var calls = Deeds.calls(scenario.deed(), scenario.memory());
        assertThat(calls).as("calls of the engine").isGreaterThan(20);
        for (var position = 0; position < calls; position++) {
            strike(scenario, position);
        }
    }

    private static void strike(Scenario scenario, int position) {
        var site = Deeds.site(scenario.memory());
        var verdict = answer(scenario, site, site.start(new OneFault(position, scenario.fault())));
        var story = "%s at call %d%n%s"
                .formatted(scenario, position, String.join("\n", site.world().story()));

        assertThat(Deeds.isSo(scenario.deed(), site))
                .as("%s%n%s", verdict, story)
                .isEqualTo(verdict instanceof Verdict.Done);
        if (KILLING.contains(scenario.fault())) {
            assertThat(verdict).as(story).isInstanceOf(Verdict.Done.class);
        }
        // Whatever was only put off, a later recovery does.
        site.recover();
        assertThat(site.wrongs()).as(story).isEmpty();
    }

    /** A core whose driver was killed repeats its request, to a new one. */
    private static Verdict answer(Scenario scenario, Site site, Site.Driver driver) {
        try {
            return Deeds.ask(driver.memory(), scenario.deed(), site.request());
        } catch (EngineDied killed) {
            assertThat(KILLING).contains(scenario.fault());
            return Deeds.ask(site.start(Injector.none()).memory(), scenario.deed(), site.request());
        }
    }
}
