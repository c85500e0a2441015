package io.berth.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.plan.Plan;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.PlanText;
import io.berth.core.plan.Step;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.HypervisorCapabilities;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VmDirectory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveMigratePlannerTest {
    /** Facts of a world in which everything is well, and what a test changes of them. */
    private static final class World {
        private GuestState state = GuestState.RUNNING;
        private boolean persistent = true;
        private List<Failure> guestObstacles = List.of();
        private List<GuestView> elsewhere = List.of();
        private List<CheckpointLedger.Entry> checkpoints = List.of();
        private boolean canMigrate = true;
        private HostRef target = Facts.TARGET;
        private boolean knownAtTarget;
        private List<Failure> obstacles = List.of();
        private List<DirectoryMove> moves = List.of();

        private LiveMigrateSurvey facts() {
            var view = new GuestView(Facts.VM, Facts.SOURCE, state, "", persistent);
            var kept = persistent ? Optional.of("<domain kept='1'/>") : Optional.<String>empty();
            return new LiveMigrateSurvey(
                    Facts.TOKEN,
                    new GuestDescription(view, Facts.PROFILE, "<domain/>", kept, guestObstacles),
                    elsewhere,
                    checkpoints,
                    new HypervisorCapabilities(Set.of(MemoryWriter.values()), true, canMigrate),
                    target,
                    knownAtTarget,
                    obstacles,
                    moves,
                    "<domain at='target'/>");
        }

        private Plan plan() {
            return LiveMigratePlanner.plan(facts());
        }

        private void assertRefused(String code) {
            assertThatThrownBy(this::plan).isInstanceOfSatisfying(Failure.class, failure -> {
                assertThat(failure.code()).isEqualTo(code);
                assertThat(failure.next()).isNotEmpty();
            });
        }
    }

    private final World world = new World();

    private static List<String> names(Plan plan) {
        return plan.steps().stream().map(Step::name).toList();
    }

    private static Failure obstacle(String code) {
        return Failure.of(FailureKind.ENVIRONMENT, code, "something is missing")
                .next("choose another host")
                .build();
    }

    @Test
    void neitherHostHasADefinitionWhileTheGuestIsOnItsWay() {
        assertThat(names(world.plan()))
                .containsExactly("make-transient", "migrate", "resume", "forget", "make-persistent");
    }

    private static DirectoryMove move(boolean isApart) {
        return new DirectoryMove(
                new VmDirectory("files", "web1"),
                Facts.SOURCE,
                Facts.TARGET,
                isApart,
                DataSize.ofMebibytes(500),
                List.of(new DirectoryMove.WrittenDisk("vda", "/srv/web1/disk.0", "disk.0")));
    }

    @Test
    void aDirectoryIsThereBeforeTheGuestLeavesAndGoesWhenItRuns() {
        world.moves = List.of(move(true));
        var plan = world.plan();

        assertThat(names(plan))
                .containsExactly(
                        "bring-directory-1",
                        "make-transient",
                        "migrate",
                        "resume",
                        "forget",
                        "make-persistent",
                        "leave-directory-1");
        assertThat(plan.cleanup()).isEqualTo(plan.steps().size() - 1);
    }

    @Test
    void whatTheGuestIsAtWorkOnItTakesAlongItself() {
        world.moves = List.of(move(true));

        assertThat(String.join("\n", PlanText.lines(world.plan())))
                .contains(
                        "bring directory files:web1 from h1 to h2, without what is in disk.0",
                        "and its disks vda from h1 to h2");
    }

    @Test
    void onHostsThatMayShareTheDirectoryThatIsFoundOutFirst() {
        world.moves = List.of(move(false));
        var plan = world.plan();

        assertThat(names(plan)).startsWith("find-sharing-files", "bring-directory-1");
        assertThat(PlanCodec.read(PlanCodec.write(plan))).isEqualTo(plan);
    }

    @Test
    void copiedDisksAreGivenTheirTime() {
        world.moves = List.of(move(true));

        assertThat(world.plan().steps())
                .filteredOn(Step.MigrateGuest.class::isInstance)
                .singleElement()
                .satisfies(step -> assertThat(((Step.MigrateGuest) step).expected())
                        .isEqualTo(Facts.PROFILE.memory().plus(DataSize.ofMebibytes(500))));
    }

    @Test
    void aTransientGuestStaysOne() {
        world.persistent = false;

        assertThat(names(world.plan())).containsExactly("migrate", "resume", "forget");
    }

    @Test
    void aGuestThatItsOwnerHadPausedIsNotLetRun() {
        world.state = GuestState.PAUSED;

        assertThat(world.plan().steps()).noneMatch(Step.ResumeGuest.class::isInstance);
    }

    @Test
    void aTargetThatIsTheSourceIsRefused() {
        world.target = Facts.SOURCE;

        world.assertRefused("migrate.same-host");
    }

    @Test
    void aTargetThatCouldStartTheGuestAnewIsRefused() {
        world.knownAtTarget = true;

        world.assertRefused("vm.defined-there");
    }

    @Test
    void whatTheTargetLacksIsToldBeforeAnythingIsTouched() {
        for (var code : List.of("host.weaker-cpu", "host.no-machine", "host.no-memory", "migrate.disk-not-shared")) {
            world.obstacles = List.of(obstacle(code));

            world.assertRefused(code);
        }
    }

    @Test
    void aHypervisorThatCanNotMoveGuestsIsRefused() {
        world.canMigrate = false;

        world.assertRefused("migrate.not-live");
    }

    @Test
    void aGuestThatIsAliveElsewhereIsRefused() {
        world.elsewhere = List.of(new GuestView(Facts.VM, Facts.TARGET, GuestState.PAUSED, "", false));

        world.assertRefused("vm.doubled");
    }

    @Test
    void aGuestWithAnUnusedCheckpointIsRefused() {
        world.checkpoints = List.of(Facts.entry(CheckpointState.COMPLETE, Facts.record(true)));

        world.assertRefused("vm.has-checkpoint");
    }

    @Test
    void aGuestWithAHostDeviceOrABlockJobIsRefused() {
        for (var code : List.of("vm.host-device", "vm.block-job")) {
            world.guestObstacles = List.of(obstacle(code));

            world.assertRefused(code);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = GuestState.class,
            names = {"SHUT_OFF", "BUSY", "BROKEN", "ORPHANED"})
    void aGuestThatNeitherRunsNorIsPausedIsRefused(GuestState state) {
        world.state = state;

        world.assertRefused(state == GuestState.SHUT_OFF ? "vm.not-running" : "vm.unfit");
    }
}
