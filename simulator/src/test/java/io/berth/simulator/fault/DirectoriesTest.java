package io.berth.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.operation.Leftover;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.Sweep;
import io.berth.core.operation.TerminateRequest;
import io.berth.core.plan.PlanText;
import io.berth.core.plan.Step;
import io.berth.core.run.RunResult;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.InjectedFailures;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.fault.Scenario.Task;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.SimulatedDirectory;
import io.berth.simulator.world.SimulatedFolders.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** VMs whose disks lie in a directory, on hosts that share it or don't, when nothing goes wrong but what is told. */
final class DirectoriesTest {
    private static final String NAME = "guest";

    private static Stage stage(Task task, Kind kind) {
        var scenario = new Scenario(task, MemoryWriter.STREAM, true, true, true, false).in(kind);
        return new Stage(scenario, Variation.NONE, 1);
    }

    private static RunResult ask(Stage stage) {
        var engine = stage.engines().start(stage.calm());
        try {
            return stage.ask(engine, Set.of());
        } finally {
            engine.process().die();
        }
    }

    private static Sweep collectGarbage(Stage stage) {
        var engine = stage.engines().start(stage.calm());
        try {
            return engine.operations().collectGarbage(true);
        } finally {
            engine.process().die();
        }
    }

    private static boolean hasDirectory(Stage stage, HostRef host) {
        return stage.world()
                .folders()
                .anyMatch(folders -> folders.find(host, NAME).isPresent());
    }

    private static void assertKept(Stage stage) {
        stage.checker().end(stage.expectation(Set.of()));
        assertThat(stage.checker().violations()).isEmpty();
    }

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

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"APART", "LATE"})
    void aDirectoryGoesWithItsVmWhenThatIsAskedFor(Kind kind) {
        var stage = stage(Task.TERMINATE_WITH_DIRECTORY, kind);

        assertThat(ask(stage).succeeded()).isTrue();

        assertThat(stage.world().folders().flatMap(folders -> folders.everywhere()))
                .isEmpty();
        assertKept(stage);
    }

    @ParameterizedTest
    @EnumSource(
            value = Task.class,
            names = {"TERMINATE_RUNNING", "TERMINATE_SUSPENDED"})
    void aDirectoryStaysWhenItsVmIsEndedAndThePlanSaysWhere(Task task) {
        var stage = stage(task, Kind.APART);

        var result = ask(stage);

        assertThat(result.succeeded()).isTrue();
        assertThat(PlanText.lines(result.plan()).getLast()).endsWith("leave directory files:guest on h1 where it is");
        assertThat(hasDirectory(stage, Stage.FIRST)).isTrue();
        assertKept(stage);
    }

    @Test
    void theDirectoryOfASuspendedVmGoesWithIt() {
        var stage = stage(Task.TERMINATE_SUSPENDED, Kind.APART);
        stage.checker().diskGivenUp(stage.vm());

        assertThat(terminate(stage, Set.of()).succeeded()).isTrue();

        assertThat(hasDirectory(stage, Stage.FIRST)).isFalse();
        assertKept(stage);
    }

    @Test
    void aDirectoryThatNobodyCanLookAtKeepsItsVmFromBeingEndedWithIt() {
        var stage = stage(Task.TERMINATE_SUSPENDED, Kind.APART);
        stage.world().cutPower(stage.world().host(Stage.FIRST));

        assertRefused(() -> terminate(stage, Set.of()), "directory.not-seen");
        assertRefused(() -> terminate(stage, Set.of(Stage.FIRST)), "directory.not-seen");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNTOLD_SHARED", "UNTOLD_APART"})
    void aDirectoryThatAnotherVmHasADiskInIsNeverDeleted(Kind kind) {
        var stage = stage(Task.TERMINATE_WITH_DIRECTORY, kind);
        define(stage, lodger(stage), Stage.SECOND);

        assertRefused(() -> terminate(stage, Set.of()), "directory.used");

        assertThat(hasDirectory(stage, Stage.FIRST)).isTrue();
    }

    /** Its own host has another folder. */
    @Test
    void aNamesakeOnAHostThatIsKnownToBeApartIsNobodysBusiness() {
        var stage = stage(Task.TERMINATE_WITH_DIRECTORY, Kind.APART);
        define(stage, lodger(stage), Stage.SECOND);

        assertThat(terminate(stage, Set.of()).succeeded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVmThatCameToUseTheDirectoryWhileTheOperationRestedKeepsIt(boolean isTheSame) {
        var stage = stage(Task.TERMINATE_WITH_DIRECTORY, Kind.APART);
        var boundary = new Boundary(stage.world(), dyingBefore("asides.set-aside"), stage.checker()::look);
        var engine = stage.engines().start(boundary);
        assertThatThrownBy(() -> stage.ask(engine, Set.of())).isInstanceOf(EngineDied.class);
        define(stage, isTheSame ? stage.world().guest(stage.vm().uuid()) : lodger(stage), Stage.FIRST);

        var second = stage.engines().start(stage.calm());
        var recovered = second.operations().recover(second.operations().options());
        second.process().die();

        assertThat(recovered)
                .singleElement()
                .satisfies(found -> assertThat(found.result().orElseThrow().failure())
                        .get()
                        .extracting(Failure::code)
                        .isEqualTo("directory.used"));
        assertThat(hasDirectory(stage, Stage.FIRST)).isTrue();
    }

    /** The name is free as soon as the directory was set aside: what has it then is another one. */
    @Test
    void whatGotTheDirectorysNameWhileTheOperationRestedIsNotDeleted() {
        var stage = stage(Task.TERMINATE_WITH_DIRECTORY, Kind.APART);
        var boundary = new Boundary(stage.world(), dyingAfter("asides.delete"), stage.checker()::look);
        var engine = stage.engines().start(boundary);
        var another = directory(stage).copy();
        assertThatThrownBy(() -> stage.ask(engine, Set.of())).isInstanceOf(EngineDied.class);
        stage.world().folders().forEach(folders -> folders.put(Stage.FIRST, NAME, another));

        var second = stage.engines().start(stage.calm());
        second.operations().recover(second.operations().options());
        second.process().die();

        assertThat(hasDirectory(stage, Stage.FIRST)).isTrue();
        assertThat(stage.journal().open()).isEmpty();
    }

    @Test
    void theGarbageCollectorTakesWhatWasSetAsideOnAHostThatDied() {
        var stage = terminatedOnAHostThatDied();
        stage.world().givePower(stage.world().host(Stage.FIRST));

        assertThat(collectGarbage(stage).leftovers())
                .extracting(Leftover::verdict)
                .contains(Leftover.Verdict.STALE_DIRECTORY);

        assertThat(stage.world().folders().flatMap(folders -> folders.everywhere()))
                .isEmpty();
        assertKept(stage);
    }

    @Test
    void theGarbageCollectorSaysWhichHostItCouldNotLookAt() {
        var swept = collectGarbage(terminatedOnAHostThatDied());

        assertThat(swept.leftovers()).isEmpty();
        assertThat(swept.silent()).singleElement().satisfies(why -> {
            assertThat(why.code()).isEqualTo("host.unreachable");
            assertThat(why.getMessage()).contains(Stage.FIRST.toString());
        });
    }

    private static Stage terminatedOnAHostThatDied() {
        var stage = stage(Task.TERMINATE_WITH_DIRECTORY, Kind.APART);
        var boundary = new Boundary(stage.world(), cutBefore(stage, "asides.delete"), stage.checker()::look);
        var engine = stage.engines().start(boundary);
        stage.ask(engine, Set.of());
        engine.process().die();
        var second = stage.engines().start(stage.calm());
        second.operations().recover(second.operations().options().withDead(Set.of(Stage.FIRST)));
        second.process().die();
        return stage;
    }

    private static SimulatedDirectory directory(Stage stage) {
        return stage.world()
                .folders()
                .flatMap(folders -> folders.find(Stage.FIRST, NAME).stream())
                .findFirst()
                .orElseThrow();
    }

    private static RunResult terminate(Stage stage, Set<HostRef> dead) {
        var engine = stage.engines().start(stage.calm());
        try {
            return engine.operations()
                    .terminate(
                            new TerminateRequest(NAME, dead, true),
                            engine.operations().options());
        } finally {
            engine.process().die();
        }
    }

    /** Another VM, of which a definition says that its disk is in the first one's directory. */
    private static Guest lodger(Stage stage) {
        var lodger = stage.world().addGuest("lodger", DataSize.ofMebibytes(64), 1 << 20);
        lodger.livesIn(NAME);
        return lodger;
    }

    private static void define(Stage stage, Guest guest, HostRef host) {
        stage.world().host(host).definitions().put(guest.vm().uuid(), guest.definition());
    }

    private static Injector dyingBefore(String what) {
        return dying(what, false);
    }

    private static Injector dyingAfter(String what) {
        return dying(what, true);
    }

    private static Injector dying(String what, boolean done) {
        return new Injector() {
            @Override
            public <T> T carry(Crossing<T> crossing) {
                if (!crossing.site().what().equals(what)) {
                    return crossing.effect().get();
                }
                if (done) {
                    var _ = crossing.effect().get();
                }
                throw crossing.engine().die();
            }
        };
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

    /** Its memory is lost then; the disk that it has written is not. */
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

        collectGarbage(stage);

        assertThat(hasDirectory(stage, Stage.SECOND)).isTrue();
        assertThat(hasDirectory(stage, Stage.FIRST)).isFalse();
        stage.checker().end(stage.expectation(Set.of(Stage.SECOND)));
        stage.checker().swept(stage.expectation(Set.of()));
        assertThat(stage.checker().violations()).isEmpty();
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

    /** The source loses power when what it still has is to be tidied up. */
    private static Injector cutBefore(Stage stage, String what) {
        return new Injector() {
            @Override
            public <T> T carry(Crossing<T> crossing) {
                if (crossing.site().what().equals(what)
                        && crossing.site().host().equals(Optional.of(Stage.FIRST))) {
                    stage.world().cutPower(stage.world().host(Stage.FIRST));
                }
                return crossing.effect().get();
            }
        };
    }

    private static void assertRefused(ThrowingCallable wish, String code) {
        assertThatThrownBy(wish).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.next()).isNotEmpty();
        });
    }
}
