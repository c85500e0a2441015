package io.berth.simulator.fault;

import static io.berth.simulator.fault.DirectoryTrials.NAME;
import static io.berth.simulator.fault.DirectoryTrials.ask;
import static io.berth.simulator.fault.DirectoryTrials.assertKept;
import static io.berth.simulator.fault.DirectoryTrials.assertRefused;
import static io.berth.simulator.fault.DirectoryTrials.collectGarbage;
import static io.berth.simulator.fault.DirectoryTrials.cutBefore;
import static io.berth.simulator.fault.DirectoryTrials.hasDirectory;
import static io.berth.simulator.fault.DirectoryTrials.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.operation.Leftover;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.plan.PlanText;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.InjectedFailures;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.fault.Scenario.Task;
import io.berth.simulator.world.SimulatedFolders.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** VMs whose disks lie in a directory, on hosts that share it or don't, when nothing goes wrong but what is told. */
final class DirectoriesTest {
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"APART", "UNTOLD_APART"})
    void aMigrationTakesItsDirectoryAlong(Kind kind) {
        var stage = stage(Task.MIGRATE, kind);

        assertThat(ask(stage).succeeded()).isTrue();

        assertThat(hasDirectory(stage, Stage.SECOND)).isTrue();
        assertThat(hasDirectory(stage, Stage.FIRST)).isFalse();
        assertKept(stage);
    }

    @ParameterizedTest
    @EnumSource(
            value = Task.class,
            names = {"MIGRATE", "MIGRATE_LIVE"})
    void whatIsSharedIsNeitherCopiedNorDeleted(Task task) {
        var stage = stage(task, Kind.UNTOLD_SHARED);
        var before =
                stage.world().folders().flatMap(folders -> folders.everywhere()).toList();

        assertThat(ask(stage).succeeded()).isTrue();

        assertThat(stage.world().folders().flatMap(folders -> folders.everywhere()))
                .isEqualTo(before);
        assertKept(stage);
    }

    @Test
    void aSuspendedVmTakesItsDirectoryToTheHostItIsResumedOn() {
        var stage = stage(Task.RESUME_OTHER_HOST, Kind.APART);

        assertThat(ask(stage).succeeded()).isTrue();

        assertThat(hasDirectory(stage, Stage.FIRST)).isFalse();
        assertKept(stage);
    }

    @Test
    void aStoppedVmTakesItsDirectoryToTheHostItIsStartedOn() {
        var stage = stage(Task.START, Kind.UNTOLD_APART);

        assertThat(ask(stage).succeeded()).isTrue();

        assertThat(hasDirectory(stage, Stage.SECOND)).isTrue();
        assertKept(stage);
    }

    @Test
    void whatCanNotGoOnAtTheTargetFindsItsDirectoryAtHome() {
        var stage = stage(Task.MIGRATE_IN_VAIN, Kind.APART);

        assertThat(ask(stage).failure()).get().extracting(Failure::code).isEqualTo("vm.came-home");

        assertThat(hasDirectory(stage, Stage.FIRST)).isTrue();
        assertThat(hasDirectory(stage, Stage.SECOND)).isFalse();
        assertKept(stage);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"APART", "UNTOLD_APART"})
    void aSuspendedVmsDirectoryIsTakenAlongByItself(Kind kind) {
        var stage = stage(Task.MOVE_DIRECTORY, kind);

        assertThat(ask(stage).succeeded()).isTrue();

        assertThat(hasDirectory(stage, Stage.SECOND)).isTrue();
        assertThat(hasDirectory(stage, Stage.FIRST)).isFalse();
        assertKept(stage);
    }

    @Test
    void whoAsksForAMoveTwiceIsToldTheSame() {
        var stage = stage(Task.MOVE_DIRECTORY, Kind.UNTOLD_APART);
        ask(stage);

        var again = ask(stage);

        assertThat(again.succeeded()).isTrue();
        assertThat(again.plan().steps()).isEmpty();
        assertKept(stage);
    }

    /** Somebody was told that the move had failed, and started the VM where it was before that was left. */
    @Test
    void theDirectoryOfAVmThatWasStartedWhereItWasIsNotTakenFromIt() {
        var stage = stage(Task.MOVE_DIRECTORY, Kind.APART);
        var engine = stage.engines().start(new Boundary(stage.world(), atLeaving(stage), stage.checker()::look));

        var result = stage.ask(engine, Set.of());

        assertThat(result.failure()).get().extracting(Failure::code).isEqualTo("directory.in-use");
        assertThat(hasDirectory(stage, Stage.FIRST)).isTrue();
    }

    /** The VM starts at the first host just before its directory there is to go. */
    private static Injector atLeaving(Stage stage) {
        return new Injector() {
            private boolean isOver;

            @Override
            public <T> T carry(Crossing<T> crossing) {
                if (!isOver && crossing.site().what().equals("guests.find") && hasDirectory(stage, Stage.SECOND)) {
                    isOver = true;
                    var guest = stage.world().guest(stage.vm().uuid());
                    stage.world().boot(guest, stage.world().host(Stage.FIRST), false);
                }
                return crossing.effect().get();
            }
        };
    }

    @Test
    void hostsThatOnlySeemToBeApartLoseNothing() {
        var stage = stage(Task.MIGRATE, Kind.LATE);

        assertThat(ask(stage).failure()).get().extracting(Failure::code).isEqualTo("vm.came-home");

        assertThat(hasDirectory(stage, Stage.FIRST)).isTrue();
        assertKept(stage);
    }

    @Test
    void thePlanSaysWhatGoesAlong() {
        var stage = stage(Task.MIGRATE, Kind.UNTOLD_APART);
        var engine = stage.engines().start(stage.calm());

        var plan = engine.operations().planMigrate(MigrateRequest.of(NAME, Stage.SECOND, MigrationMode.COLD));

        assertThat(plan.steps().getFirst()).isInstanceOf(Step.FindSharing.class);
        assertThat(String.join("\n", PlanText.lines(plan)))
                .contains(
                        "find out whether h1 and h2 share the VM directories on files",
                        "bring directory files:guest from h1 to h2, unless they share it",
                        "remove directory files:guest from h1, unless they share it");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"APART", "UNTOLD_APART"})
    void aGuestThatRunsTakesItsDirectoryAlong(Kind kind) {
        var stage = stage(Task.MIGRATE_LIVE, kind);

        assertThat(ask(stage).succeeded()).isTrue();

        assertThat(hasDirectory(stage, Stage.SECOND)).isTrue();
        assertThat(hasDirectory(stage, Stage.FIRST)).isFalse();
        assertKept(stage);
    }

    @Test
    void aGuestThatRunsStaysWhereItIsWhenItsHostsOnlySeemToBeApart() {
        var stage = stage(Task.MIGRATE_LIVE, Kind.LATE);

        assertThat(ask(stage).failure()).get().extracting(Failure::code).isEqualTo("directory.occupied");

        assertThat(hasDirectory(stage, Stage.FIRST)).isTrue();
        assertKept(stage);
    }

    @Test
    void whatGoesBestGoesLive() {
        var stage = stage(Task.MIGRATE, Kind.APART);
        var engine = stage.engines().start(stage.calm());

        assertThat(engine.operations()
                        .planMigrate(MigrateRequest.of(NAME, Stage.SECOND, MigrationMode.BEST))
                        .kind())
                .isEqualTo("migrate-live");
    }

    @Test
    void aTargetThatHasADirectoryOfThatNameIsRefused() {
        var stage = stage(Task.MIGRATE, Kind.APART);
        stage.world()
                .folders()
                .forEach(folders -> folders.put(
                        Stage.SECOND,
                        NAME,
                        folders.find(Stage.FIRST, NAME).orElseThrow().copy()));
        var engine = stage.engines().start(stage.calm());

        assertRefused(() -> stage.ask(engine, Set.of()), "directory.occupied");
        assertThat(hasDirectory(stage, Stage.FIRST)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"APART", "UNTOLD_APART"})
    void aVmIsNotResumedWithoutItsDisksWhenTheirHostIsDead(Kind kind) {
        var stage = stage(Task.RESUME_OTHER_HOST, kind);
        stage.world().cutPower(stage.world().host(Stage.FIRST));
        var engine = stage.engines().start(stage.calm());
        var request = new ResumeRequest(NAME, Optional.of(Stage.SECOND), Set.of(Stage.FIRST));

        assertRefused(() -> engine.operations().planResume(request), "disk.absent");
    }

    @Test
    void aDirectoryThatMayBeAnOldOneIsNotTakenForTheVmsOwn() {
        var stage = stage(Task.RESUME_OTHER_HOST, Kind.UNTOLD_APART);
        stage.world()
                .folders()
                .forEach(folders -> folders.put(
                        Stage.SECOND,
                        NAME,
                        folders.find(Stage.FIRST, NAME).orElseThrow().copy()));
        stage.world().cutPower(stage.world().host(Stage.FIRST));
        var engine = stage.engines().start(stage.calm());
        var request = new ResumeRequest(NAME, Optional.of(Stage.SECOND), Set.of(Stage.FIRST));

        assertRefused(() -> engine.operations().planResume(request), "disk.left-behind");
    }

    @Test
    void theGarbageCollectorTakesWhatAHostThatWasDeadStillHas() {
        var stage = stage(Task.MIGRATE, Kind.APART);
        var boundary = new Boundary(stage.world(), cutBefore(stage, "links.remove"), stage.checker()::look);
        var engine = stage.engines().start(boundary);
        stage.ask(engine, Set.of());
        engine.process().die();
        var second = stage.engines().start(stage.calm());
        second.operations().recover(second.operations().options().withDead(Set.of(Stage.FIRST)));
        second.process().die();
        stage.world().givePower(stage.world().host(Stage.FIRST));
        assertThat(hasDirectory(stage, Stage.FIRST)).isTrue();

        assertThat(collectGarbage(stage).leftovers())
                .extracting(Leftover::verdict)
                .contains(Leftover.Verdict.STALE_DIRECTORY);

        assertThat(hasDirectory(stage, Stage.FIRST)).isFalse();
        assertThat(hasDirectory(stage, Stage.SECOND)).isTrue();
        assertThat(collectGarbage(stage).leftovers()).isEmpty();
        assertKept(stage);
    }

    /** Its memory is lost then; the disk that it has written is not, wherever it is started again. */
    @Test
    void theGarbageCollectorLeavesWhatAGuestHasWrittenWhereItRanBeforeItsHostDied() {
        var stage = stage(Task.MIGRATE, Kind.APART);
        var boundary = new Boundary(stage.world(), dyingAfterTheResume(stage), stage.checker()::look);
        var engine = stage.engines().start(boundary);
        stage.ask(engine, Set.of());
        engine.process().die();
        var second = stage.engines().start(stage.calm());
        second.operations().recover(second.operations().options().withDead(Set.of(Stage.SECOND)));
        second.process().die();
        stage.world().givePower(stage.world().host(Stage.SECOND));

        assertThat(collectGarbage(stage).leftovers())
                .extracting(Leftover::verdict)
                .contains(Leftover.Verdict.TWO_DIRECTORIES);
        assertThat(hasDirectory(stage, Stage.SECOND)).isTrue();
        assertThat(hasDirectory(stage, Stage.FIRST)).isTrue();

        stage.world().folders().forEach(folders -> folders.remove(Stage.FIRST, NAME));
        collectGarbage(stage);

        assertThat(hasDirectory(stage, Stage.SECOND)).isTrue();
        stage.checker().end(stage.expectation(Set.of(Stage.SECOND)));
        stage.checker().swept(stage.expectation(Set.of()));
        assertThat(stage.checker().violations()).isEmpty();
    }

    /** Which of them is newer Berth can't know, least of all when the guest was ended and undefined there again. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theGarbageCollectorLeavesTwoDirectoriesToAPersonWhenTheGuestWasStartedOnACopyBroughtInVain(boolean isThere) {
        var stage = stage(Task.MIGRATE, Kind.APART);
        var boundary = new Boundary(stage.world(), dyingBeforeTheRestore(stage), stage.checker()::look);
        var engine = stage.engines().start(boundary);
        stage.ask(engine, Set.of());
        engine.process().die();
        var second = stage.engines().start(stage.calm());
        second.operations().recover(second.operations().options().withDead(Set.of(Stage.SECOND)));
        second.process().die();
        stage.world().givePower(stage.world().host(Stage.SECOND));
        var guest = stage.world().guest(stage.vm().uuid());
        stage.world().host(Stage.FIRST).remove(guest.vm().uuid());
        stage.world().boot(guest, stage.world().host(Stage.SECOND), false);
        if (!isThere) {
            stage.world().host(Stage.SECOND).remove(guest.vm().uuid());
        }

        assertThat(collectGarbage(stage).leftovers())
                .filteredOn(left -> left.verdict() == Leftover.Verdict.TWO_DIRECTORIES)
                .singleElement()
                .satisfies(left -> {
                    assertThat(left.deleted()).isFalse();
                    assertThat(left.remark()).contains("on " + Stage.FIRST, "on " + Stage.SECOND);
                });
        assertThat(hasDirectory(stage, Stage.FIRST)).isTrue();
        assertThat(hasDirectory(stage, Stage.SECOND)).isTrue();

        stage.world().folders().forEach(folders -> folders.remove(Stage.FIRST, NAME));
        collectGarbage(stage);

        assertThat(hasDirectory(stage, Stage.SECOND)).isTrue();
        assertThat(collectGarbage(stage).leftovers()).isEmpty();
    }

    private static Injector dyingBeforeTheRestore(Stage stage) {
        return new Injector() {
            @Override
            public <T> T carry(Crossing<T> crossing) {
                if (crossing.site().what().equals("guests.restore")) {
                    stage.world().cutPower(stage.world().host(Stage.SECOND));
                }
                return crossing.effect().get();
            }
        };
    }

    /** The target loses power a moment after the guest was let run there, and nobody hears that it was. */
    private static Injector dyingAfterTheResume(Stage stage) {
        return new Injector() {
            @Override
            public <T> T carry(Crossing<T> crossing) {
                var answer = crossing.effect().get();
                if (crossing.site().what().equals("guests.resume")
                        && crossing.site().host().equals(Optional.of(Stage.SECOND))) {
                    stage.world().pass(Duration.ofSeconds(1));
                    stage.world().cutPower(stage.world().host(Stage.SECOND));
                    throw InjectedFailures.unheard(crossing.site());
                }
                return answer;
            }
        };
    }
}
