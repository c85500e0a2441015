package io.berth.simulator.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.simulator.fault.Variation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As {@link FoundByHistoriesTest}: what came once in millions of steps, as short as it got, and left directories behind. */
final class DirectoriesFoundByHistoriesTest {
    private static final int LANES = 4;
    private static final int TO_THE_END = 4000;
    /** Crossings of a collector: more than the longest has. */
    private static final int COLLECTION = 60;

    private static final HostRef H1 = Setting.HOSTS.get(0);
    private static final HostRef H2 = Setting.HOSTS.get(1);
    private static final HostRef H3 = Setting.HOSTS.get(2);

    /** What was set aside where the VM had been, and came back to, stayed there. */
    @Test
    void aVmComesBackToWhereItsDirectoryWasSetAside() {
        assertKeepsThePromise(
                1000045000565L,
                new Act.Ask(3, new Request.Migrate("auto", "thin", MemoryWriter.STREAM, H2)),
                new Act.Go(3, 25),
                new Act.Ask(0, new Request.MigrateLive("bare", H1)),
                new Act.Go(0, 41),
                new Act.Go(3, 9),
                new Act.Go(0, 3),
                new Act.CutNetwork(H1),
                new Act.Go(0, 35),
                new Act.Go(3, 35),
                new Act.HealNetwork(H1),
                new Act.Ask(3, new Request.Recover(false)),
                new Act.Go(3, 44),
                new Act.CutPower(H1),
                new Act.Go(3, 22),
                new Act.Ask(3, new Request.Recover(true)),
                new Act.Go(3, 9),
                new Act.GivePower(H1),
                new Act.StartAnew("bare", H2),
                new Act.Ask(0, new Request.MigrateLive("bare", H2)));
    }

    /** What it had left on a host that was dark was taken for its own when it had gone on from the next. */
    @Test
    void aVmGoesOnWhileTheHostThatItHasLeftIsDark() {
        assertKeepsThePromise(
                1000045000194L,
                new Act.Ask(2, new Request.Terminate("auto", true, false)),
                new Act.Go(2, 60),
                new Act.CutNetwork(H2),
                new Act.Ask(2, new Request.SuspendAll("thin", MemoryWriter.STREAM)),
                new Act.Go(2, 82),
                new Act.Ask(1, new Request.Resume("calm", H1, false)),
                new Act.HealNetwork(H2),
                new Act.Go(1, 60),
                new Act.Ask(2, new Request.Suspend("calm", "thick", MemoryWriter.SNAPSHOT)),
                new Act.Go(2, 67),
                new Act.Ask(0, new Request.Resume("calm", H2, true)),
                new Act.Go(0, 37),
                new Act.CutPower(H1),
                new Act.Go(0, 22),
                new Act.Ask(3, new Request.Recover(true)),
                new Act.Ask(0, new Request.Stop("calm", "thin", MemoryWriter.FAST)),
                new Act.Go(0, 60),
                new Act.Go(3, 14),
                new Act.Ask(0, new Request.Resume("calm", H3, false)));
    }

    /** Its owner started it on the copy, and nobody said that it had two. */
    @Test
    void aVmIsStartedOnACopyThatWasBroughtInVain() {
        assertKeepsThePromise(
                6000060000865L,
                new Act.Ask(1, new Request.MigrateLive("bare", H1)),
                new Act.Go(1, 40),
                new Act.CutPower(H1),
                new Act.Go(1, 9),
                new Act.Ask(3, new Request.Recover(true)),
                new Act.Go(3, 1),
                new Act.GivePower(H1),
                new Act.Go(3, 35),
                new Act.StartAnew("bare", H1));
    }

    /** A person let the copy run by hand, its host lost power too, and recovery dropped what it had written there. */
    @Test
    void aCopyThatMayHaveRunIsKept() {
        assertKeepsThePromise(
                42006545L,
                new Act.Ask(0, new Request.MigrateLive("bare", H1)),
                new Act.Go(0, 37),
                new Act.CutPower(H2),
                new Act.Kill(0),
                new Act.Ask(0, new Request.Recover(true)),
                new Act.Go(0, 60),
                new Act.Decide("bare"),
                new Act.Pass(Duration.ofSeconds(70)),
                new Act.CutPower(H1));
    }

    /** Started again where it had left, saved there and given up: nobody knew any more that it had been there. */
    @Test
    void aDirectoryThatAVmCameBackToIsKeptWhenItIsGivenUp() {
        assertKeepsThePromise(
                42004481L,
                new Act.Ask(3, new Request.Migrate("bare", "thick", MemoryWriter.STREAM, H1)),
                new Act.Go(3, 91),
                new Act.CutPower(H1),
                new Act.Go(3, 35),
                new Act.Ask(0, new Request.Recover(true)),
                new Act.Go(0, 1),
                new Act.GivePower(H1),
                new Act.Go(0, 14),
                new Act.StartAnew("bare", H2),
                new Act.Ask(2, new Request.Stop("bare", "thin", MemoryWriter.STREAM)),
                new Act.Go(2, 22),
                new Act.Ask(3, new Request.Delete("bare")));
    }

    /** The note of a directory that a person had removed stayed behind. */
    @Test
    void aPersonKeepsTheDirectoryThatAVmHadLeft() {
        assertKeepsThePromise(
                42007076L,
                new Act.Ask(3, new Request.MigrateLive("auto", H3)),
                new Act.Go(3, 53),
                new Act.CutNetwork(H3),
                new Act.Go(3, 9),
                new Act.CutPower(H3),
                new Act.Ask(2, new Request.Recover(true)),
                new Act.Go(2, 2),
                new Act.GivePower(H3),
                new Act.Go(2, 35),
                new Act.StartAnew("auto", H1));
    }

    /** The directory that it was brought from had moved on, and the copy was nobody's. */
    @Test
    void aCopyIsStillOneOfTwoWhenTheOtherHasMovedOn() {
        assertKeepsThePromise(
                42008241L,
                new Act.Ask(2, new Request.MigrateLive("bare", H3)),
                new Act.Go(2, 25),
                new Act.CutPower(H2),
                new Act.Go(2, 35),
                new Act.Ask(0, new Request.Recover(true)),
                new Act.Go(0, 60),
                new Act.GivePower(H2),
                new Act.StartAnew("bare", H3),
                new Act.Ask(1, new Request.Migrate("bare", "thick", MemoryWriter.SNAPSHOT, H1)));
    }

    private static void assertKeepsThePromise(long seed, Act... acts) {
        assertKeepsThePromise(new Script(seed, List.of(acts)));
        for (var crossings = 0; crossings < COLLECTION; crossings++) {
            assertKeepsThePromise(new Script(seed, withAKilledCollector(List.of(acts), crossings)));
        }
    }

    private static void assertKeepsThePromise(Script script) {
        var history = History.again(script, Variation.NONE, true);

        assertThat(history.violations()).as(String.join("\n", history.story())).isEmpty();
    }

    /** When all is well again and recovery has gone by, garbage is collected, and who does it dies in the middle. */
    private static List<Act> withAKilledCollector(List<Act> acts, int crossings) {
        var all = new ArrayList<>(acts);
        Setting.HOSTS.forEach(host -> {
            all.add(new Act.HealNetwork(host));
            all.add(new Act.GivePower(host));
        });
        for (var lane = 0; lane < LANES; lane++) {
            all.add(new Act.Go(lane, TO_THE_END));
        }
        all.add(new Act.Ask(0, new Request.Recover(false)));
        all.add(new Act.Go(0, TO_THE_END));
        all.add(new Act.Ask(0, new Request.CollectGarbage(true)));
        all.add(new Act.Go(0, crossings));
        all.add(new Act.Kill(0));
        return all;
    }
}
