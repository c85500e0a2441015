package io.berth.opennebula.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.action.MemoryDeed;
import io.berth.opennebula.memory.Verdict;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.Injector;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code onevm recover --success} and {@code --failure} after a driver was killed in any moment: the core believes what it
 * was told and asks for the next step, which may make no sense. The guest is never doubled nor lost, and the answer is true.
 */
class ToldByAPersonTest {
    /**
     * @param killed the deed in which the driver was killed
     * @param told what the person says
     * @param next what the core wants then
     * @param possible whether that can be had whatever was true
     */
    record Scenario(Memory memory, MemoryDeed killed, String told, MemoryDeed next, boolean possible) {}

    static Stream<Scenario> scenarios() {
        return Stream.of(
                new Scenario(Memory.ON_ITS_HOST, Deeds.save(), "--failure: it runs", Deeds.save(), true),
                new Scenario(Memory.ON_ITS_HOST, Deeds.save(), "--failure: it runs", Deeds.move(), false),
                new Scenario(
                        Memory.ON_ITS_HOST, Deeds.save(), "--success: it is saved", Deeds.restore(Site.HERE), true),
                new Scenario(
                        Memory.ON_ITS_HOST, Deeds.save(), "--success: it is saved", Deeds.restore(Site.THERE), false),
                new Scenario(
                        Memory.IN_A_CHECKPOINT,
                        Deeds.restore(Site.HERE),
                        "--failure: it is saved",
                        Deeds.restore(Site.HERE),
                        true),
                new Scenario(
                        Memory.IN_A_CHECKPOINT,
                        Deeds.restore(Site.HERE),
                        "--failure: it is saved",
                        Deeds.restore(Site.THERE),
                        false),
                new Scenario(
                        Memory.IN_A_CHECKPOINT, Deeds.restore(Site.HERE), "--success: it runs", Deeds.save(), true),
                new Scenario(
                        Memory.IN_A_CHECKPOINT,
                        Deeds.restore(Site.THERE),
                        "--success: it runs",
                        Deeds.save(Site.THERE),
                        true),
                new Scenario(Memory.ON_ITS_HOST, Deeds.move(), "--failure: it runs at the source", Deeds.save(), false),
                new Scenario(Memory.ON_ITS_HOST, Deeds.move(), "--failure: it runs at the source", Deeds.move(), true),
                new Scenario(
                        Memory.ON_ITS_HOST, Deeds.move(), "--success: it runs there", Deeds.save(Site.THERE), false));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theNextAnswerIsTrueAndTheGuestIsNeverDoubled(Scenario scenario) {
        var calls = Deeds.calls(scenario.killed(), scenario.memory());
        for (var position = 0; position < calls; position++) {
            tell(scenario, position);
        }
    }

    private static void tell(Scenario scenario, int position) {
        var site = Deeds.site(scenario.memory());
        try {
            Deeds.ask(
                    site.start(new OneFault(position, OneFault.Kind.KILLED_AFTER))
                            .memory(),
                    scenario.killed(),
                    site.request());
        } catch (EngineDied killed) {
            site.world().note("a person says: " + scenario.told());
        }

        var verdict = Deeds.ask(site.start(Injector.none()).memory(), scenario.next(), site.request());

        var story = "%s, killed at call %d: %s%n%s"
                .formatted(
                        scenario,
                        position,
                        verdict,
                        String.join("\n", site.world().story()));
        assertThat(Deeds.isSo(scenario.next(), site)).as(story).isEqualTo(verdict instanceof Verdict.Done);
        assertThat(scenario.possible() && verdict instanceof Verdict.NotDone)
                .as(story)
                .isFalse();
        site.recover();
        assertThat(site.wrongs()).as(story).isEmpty();
    }
}
