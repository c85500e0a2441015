package io.berth.opennebula.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.HostRef;
import io.berth.opennebula.action.MemoryDeed;
import io.berth.opennebula.memory.EngineMemory;
import io.berth.opennebula.memory.Readiness;
import io.berth.opennebula.memory.Verdict;
import io.berth.opennebula.memory.Waiting;
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

    /** @param saved whether the guest is in a checkpoint at first */
    record Scenario(MemoryDeed deed, boolean saved, OneFault.Kind fault) {}

    static Stream<Scenario> scenarios() {
        return Stream.of(OneFault.Kind.values())
                .flatMap(fault -> Stream.of(
                        new Scenario(save(), false, fault),
                        new Scenario(new MemoryDeed.Restore("one-5", Site.HERE), true, fault),
                        new Scenario(new MemoryDeed.Restore("one-5", Site.THERE), true, fault),
                        new Scenario(new MemoryDeed.Move("one-5", Site.HERE, Site.THERE), false, fault)));
    }

    private static MemoryDeed save() {
        return new MemoryDeed.Save("one-5", Site.HERE, Site.DATASTORE);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theCoreIsToldWhatIsSoWhateverCallIsStruck(Scenario scenario) {
        var calls = calls(scenario);
        assertThat(calls).as("calls of the engine").isGreaterThan(20);
        for (var position = 0; position < calls; position++) {
            strike(scenario, position);
        }
    }

    /** How many there are when nothing goes wrong. */
    private static int calls(Scenario scenario) {
        var site = set(scenario);
        var driver = site.start(Injector.none());
        assertThat(ask(driver.memory(), scenario.deed(), site.request())).isInstanceOf(Verdict.Done.class);
        assertThat(isSo(scenario.deed(), site)).isTrue();
        assertThat(site.wrongs()).isEmpty();
        return driver.boundary().count();
    }

    private static Site set(Scenario scenario) {
        var site = new Site();
        if (scenario.saved()) {
            assertThat(ask(site.start(Injector.none()).memory(), save(), site.request()))
                    .isInstanceOf(Verdict.Done.class);
        }
        return site;
    }

    private static void strike(Scenario scenario, int position) {
        var site = set(scenario);
        var verdict = answer(scenario, site, site.start(new OneFault(position, scenario.fault())));
        var story = "%s at call %d%n%s"
                .formatted(scenario, position, String.join("\n", site.world().story()));

        assertThat(isSo(scenario.deed(), site)).as("%s%n%s", verdict, story).isEqualTo(verdict instanceof Verdict.Done);
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
            return ask(driver.memory(), scenario.deed(), site.request());
        } catch (EngineDied killed) {
            assertThat(KILLING).contains(scenario.fault());
            return ask(site.start(Injector.none()).memory(), scenario.deed(), site.request());
        }
    }

    private static Verdict ask(EngineMemory memory, MemoryDeed deed, Waiting waiting) {
        return switch (memory.prepare(deed, waiting)) {
            case Readiness.Already() -> new Verdict.Done("before");
            case Readiness.Refused(var why) -> new Verdict.NotDone(why);
            case Readiness.Ready(), Readiness.Absent() -> memory.perform(deed, waiting);
        };
    }

    private static boolean isSo(MemoryDeed deed, Site site) {
        return switch (deed) {
            case MemoryDeed.Save _ -> site.isSaved() && !site.isAliveOn(Site.HERE) && !site.isAliveOn(Site.THERE);
            case MemoryDeed.Restore restore -> isAliveOnlyOn(restore.host(), site);
            case MemoryDeed.Move move -> isAliveOnlyOn(move.destination(), site);
        };
    }

    private static boolean isAliveOnlyOn(HostRef host, Site site) {
        var other = host.equals(Site.HERE) ? Site.THERE : Site.HERE;
        return site.isAliveOn(host) && !site.isAliveOn(other) && !site.isSaved();
    }
}
