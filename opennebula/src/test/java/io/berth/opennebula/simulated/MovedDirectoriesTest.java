package io.berth.opennebula.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VmDirectory;
import io.berth.opennebula.memory.Verdict;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.world.SimulatedFolders.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code MV} of a suspended VM's directory, with a fault in each moment: the answer is true, and the VM goes on. */
class MovedDirectoriesTest {
    private static final VmDirectory DIRECTORY = new VmDirectory(Site.DIRECTORIES, "one-5");

    /** A VM that was saved, on hosts that share its directory or not. */
    private static Site site(Kind kind) {
        var site = new Site(Optional.of(kind));
        assertThat(Deeds.ask(site.start(Injector.none()).memory(), Deeds.save(), site.request()))
                .isInstanceOf(Verdict.Done.class);
        return site;
    }

    private static Verdict move(Site site, Site.Driver driver, HostRef from, HostRef to) {
        return driver.directories().move(5, DIRECTORY, from, to, site.request());
    }

    private static Verdict moveThere(Site site) {
        return move(site, site.start(Injector.none()), Site.HERE, Site.THERE);
    }

    private static void assertGoesOn(Site site, HostRef host) {
        assertThat(Deeds.ask(site.start(Injector.none()).memory(), Deeds.restore(host), site.request()))
                .isInstanceOf(Verdict.Done.class);
        assertThat(site.isAliveOn(host)).isTrue();
        assertThat(site.wrongs()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"APART", "UNTOLD_APART"})
    void theVmGoesOnWhereItsDirectoryWasTaken(Kind kind) {
        var site = site(kind);

        assertThat(moveThere(site)).isInstanceOf(Verdict.Done.class);

        assertThat(site.hasDirectory(Site.THERE)).isTrue();
        assertThat(site.hasDirectory(Site.HERE)).isFalse();
        assertGoesOn(site, Site.THERE);
    }

    @Test
    void aVmThatIsRestoredWhereItWasSavedFetchesItsDirectoryBack() {
        var site = site(Kind.APART);
        moveThere(site);

        assertGoesOn(site, Site.HERE);

        assertThat(site.hasDirectory(Site.HERE)).isTrue();
        assertThat(site.hasDirectory(Site.THERE)).isFalse();
    }

    @Test
    void whatIsSharedIsLeftWhereItIs() {
        var site = site(Kind.UNTOLD_SHARED);

        assertThat(moveThere(site)).isInstanceOf(Verdict.Done.class);

        assertThat(site.hasDirectory(Site.HERE)).isTrue();
        assertGoesOn(site, Site.THERE);
    }

    @Test
    void hostsThatBelieveForAWhileThatTheyShareNothingLoseNothing() {
        var site = site(Kind.LATE);

        assertThat(moveThere(site))
                .isInstanceOfSatisfying(
                        Verdict.NotDone.class, it -> assertThat(it.why().code()).isEqualTo("directory.occupied"));

        assertThat(site.hasDirectory(Site.HERE)).isTrue();
        assertGoesOn(site, Site.HERE);
    }

    /** From host to host and back, as often as the core likes. */
    @Test
    void aDirectoryComesBackTheSameWay() {
        var site = site(Kind.APART);
        for (var round = 0; round < 2; round++) {
            assertThat(moveThere(site)).isInstanceOf(Verdict.Done.class);
            assertThat(move(site, site.start(Injector.none()), Site.THERE, Site.HERE))
                    .isInstanceOf(Verdict.Done.class);
        }

        assertThat(site.hasDirectory(Site.HERE)).isTrue();
        assertGoesOn(site, Site.HERE);
    }

    @Test
    void aGuestThatRunsKeepsItsDirectory() {
        var site = new Site(Optional.of(Kind.APART));

        assertThat(moveThere(site))
                .isInstanceOfSatisfying(
                        Verdict.NotDone.class, it -> assertThat(it.why().code()).isEqualTo("directory.in-use"));

        assertThat(site.hasDirectory(Site.HERE)).isTrue();
        assertThat(site.wrongs()).isEmpty();
    }

    static Stream<OneFault.Kind> faults() {
        return Stream.of(OneFault.Kind.values());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theAnswerIsTrueWhateverBecomesOfACallAndTheCoreGetsWhatItWantsInTheEnd(OneFault.Kind fault) {
        var calls = calls();
        for (var position = 0; position < calls; position++) {
            strike(new OneFault(position, fault));
        }
    }

    private static int calls() {
        var site = site(Kind.UNTOLD_APART);
        var driver = site.start(Injector.none());
        assertThat(move(site, driver, Site.HERE, Site.THERE)).isInstanceOf(Verdict.Done.class);
        return driver.boundary().count();
    }

    private static void strike(OneFault fault) {
        var site = site(Kind.UNTOLD_APART);
        var driver = site.start(fault);
        var isAnswered = true;
        var isDone = false;
        try {
            isDone = move(site, driver, Site.HERE, Site.THERE) instanceof Verdict.Done;
        } catch (EngineDied died) {
            isAnswered = false;
        } catch (Failure failure) {
            throw new AssertionError(fault + " came through", failure);
        } finally {
            driver.process().die();
        }
        var story = fault + "\n" + String.join("\n", site.world().story());
        if (isAnswered) {
            assertThat(site.hasDirectory(Site.THERE)).as(story).isEqualTo(isDone);
            assertThat(site.hasDirectory(Site.HERE) || isDone).as(story).isTrue();
        }
        site.world().pass(Duration.ofMinutes(1));

        assertThat(moveThere(site)).as(story).isInstanceOf(Verdict.Done.class);
        site.recover();
        assertGoesOn(site, Site.THERE);
    }
}
