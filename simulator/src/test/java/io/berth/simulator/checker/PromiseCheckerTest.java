package io.berth.simulator.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import io.berth.driver.OperationId;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.world.Clause;
import io.berth.simulator.world.Content;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.Violation;
import io.berth.simulator.world.World;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PromiseCheckerTest {
    private final World world = new World(1, true);
    private static final DataSize ROOM = DataSize.ofMebibytes(1024);

    private final SimulatedHost first = world.addHost("h1", ROOM);
    private final SimulatedHost second = world.addHost("h2", ROOM);
    private final Guest guest = world.addGuest("guest", DataSize.ofMebibytes(64), 1 << 20);
    private final PromiseChecker checker = new PromiseChecker(world, new JournalStore());

    @Test
    void aGuestThatRunsOnOneHostIsFine() {
        world.boot(guest, first, false);
        world.pass(Duration.ofSeconds(1));

        end();

        assertThat(checker.violations()).isEmpty();
    }

    @Test
    void twoCopiesAreNoticed() {
        world.boot(guest, first, false);
        world.boot(guest, second, false);

        checker.look();

        assertThat(checker.violations()).extracting(Violation::clause).contains(Clause.ONE_COPY);
    }

    @Test
    void aGuestThatIsNowhereIsNoticed() {
        checker.look();

        assertThat(checker.violations()).extracting(Violation::clause).containsExactly(Clause.NEVER_NEITHER);
    }

    @Test
    void memoryThatWentWithItsHostIsExcused() {
        world.boot(guest, first, false);

        world.cutPower(first);
        end();

        assertThat(checker.violations()).isEmpty();
    }

    @Test
    void aDiskWrittenByAnotherCopyIsNoticed() {
        var copy = world.boot(guest, first, false);
        copy.pause();
        world.boot(guest, second, false);
        world.pass(Duration.ofSeconds(1));
        second.remove(guest.vm().uuid());

        copy.run(world);

        assertThat(checker.violations()).extracting(Violation::clause).contains(Clause.SAME_MEMORY);
    }

    @Test
    void aVolumeThatNobodyOwnsIsNoticed() {
        world.boot(guest, first, false);
        var datastore = world.addDatastore("store", new StorageCapabilities(true, true, true, true, false));
        var volume = datastore.create(new VolumeRef("store", "left"), DataSize.ofMebibytes(1));
        datastore.advance(
                volume.ref(),
                new Transition(
                        1,
                        CheckpointState.WRITING,
                        new OperationId("somebody"),
                        world.clock().instant()));

        end();

        assertThat(checker.violations()).extracting(Violation::clause).containsExactly(Clause.NOTHING_UNOWNED);
    }

    @Test
    void whatIsNotFlushedIsLostWithTheHostThatWroteIt() {
        var unlucky = new World(seedOfAnUnluckyWorld(), true);
        var host = unlucky.addHost("h1", ROOM);
        var datastore = unlucky.addDatastore("store", new StorageCapabilities(true, true, true, true, false));
        var extent = datastore
                .create(new VolumeRef("store", "volume"), DataSize.ofMebibytes(1))
                .extent();
        var other = unlucky.addGuest("guest", DataSize.ofMebibytes(64), 1 << 20);
        var image = unlucky.boot(other, host, false).image();
        extent.write(host, Content.finished(image));

        unlucky.cutPower(host);

        assertThat(extent.durable()).isEqualTo(Content.NOTHING);
        assertThat(extent.flush()).isFalse();
    }

    private static long seedOfAnUnluckyWorld() {
        var seed = 1L;
        while (!new World(seed, true).isUnlucky()) {
            seed++;
        }
        return seed;
    }

    private void end() {
        checker.end(new Expectation(guest.vm(), false, false, Set.of()));
    }
}
