package io.berth.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeInfo;
import io.berth.driver.storage.VolumeRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdoptPlannerTest {
    private static final VolumeRef VOLUME = new VolumeRef("rbd", "one-sys-7-checkpoint");
    private static final VolumeRef OTHER = new VolumeRef("rbd", "berth-ckpt-other");
    private static final HostRef HOST = new HostRef("h1");
    private static final VmRef VM = new VmRef(UUID.randomUUID(), "one-7");
    private static final DataSize SIZE = DataSize.ofMebibytes(300);

    private Optional<VolumeInfo> found = Optional.of(new VolumeInfo(VOLUME, SIZE, SIZE));
    private Optional<Entry> known = Optional.empty();
    private List<GuestView> views = List.of();
    private Set<HostRef> silent = Set.of();
    private List<Entry> unused = List.of();

    private AdoptSurvey facts() {
        var token = new FencingToken(VM, 3, new OperationId("01adoption"));
        return new AdoptSurvey(token, VOLUME, found, known, HOST, views, silent, unused);
    }

    private static Entry complete(VolumeRef volume) {
        return new Entry(
                volume,
                List.of(new Transition(1, CheckpointState.COMPLETE, new OperationId("01earlierone"), Instant.EPOCH)),
                Optional.empty());
    }

    private void refused(String code) {
        var failure = catchThrowableOfType(Failure.class, () -> AdoptPlanner.plan(facts()));
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.next()).isNotBlank();
    }

    @Test
    void theImageIsLookedAtBeforeItCountsAndNoStepCouldTakeItAway() {
        var plan = AdoptPlanner.plan(facts());

        assertThat(plan.steps())
                .extracting(Step::name)
                .containsExactly("attach", "drop-cache", "identify", "verify", "adopt", "detach");
        assertThat(plan.steps().get(plan.pointOfNoReturn()).name()).isEqualTo("detach");
        assertThat(plan.steps())
                .noneMatch(step -> step instanceof Step.CreateVolume
                        || step instanceof Step.AdvanceCheckpoint
                        || step instanceof Step.DeleteVolume);
        assertThat(PlanCodec.read(PlanCodec.write(plan))).isEqualTo(plan);
    }

    @Test
    void aVolumeThatTheLedgerKnowsIsRefused() {
        known = Optional.of(complete(VOLUME));
        refused("checkpoint.known");
    }

    @Test
    void aVolumeThatIsNotThereIsRefused() {
        found = Optional.empty();
        refused("volume.absent");
    }

    @Test
    void memoryOfAGuestThatIsAliveIsOld() {
        views = List.of(new GuestView(VM, HOST, GuestState.PAUSED, "paused", true));
        refused("vm.exists");
        views = List.of(new GuestView(VM, HOST, GuestState.SHUT_OFF, "saved", true));
        assertThat(AdoptPlanner.plan(facts())).isNotNull();
    }

    @Test
    void aVmHasOneCheckpointAtMost() {
        unused = List.of(complete(OTHER));
        refused("vm.suspended");
    }

    @Test
    void aHostThatDoesNotAnswerMayHaveTheGuest() {
        silent = Set.of(new HostRef("h2"));
        refused("host.silent");
    }
}
