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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.operation.Leftover;
import io.berth.core.operation.TerminateRequest;
import io.berth.core.plan.PlanText;
import io.berth.core.run.RunResult;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VmDirectory;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.fault.Scenario.Task;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.SimulatedDirectory;
import io.berth.simulator.world.SimulatedFolders.Kind;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a VM's directory when the VM is ended. */
final class EndedDirectoriesTest {
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
        lodger.livesIn(new VmDirectory(Stage.FILES, NAME));
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
}
