package io.berth.opennebula.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.core.journal.OperationState;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.storage.CheckpointState;
import io.berth.engine.HostView;
import io.berth.engine.MachineState;
import io.berth.engine.MachineView;
import io.berth.engine.testkit.FakeEngine;
import io.berth.engine.testkit.Samples;
import io.berth.opennebula.oned.Oned;
import io.berth.opennebula.oned.Recovery;
import io.berth.opennebula.testkit.Descriptions;
import io.berth.opennebula.testkit.Descriptions.Stay;
import io.berth.opennebula.testkit.StandInCore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class InvestigationTest {
    private static final int SAVE_SUSPEND = 6;

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private StandInCore core;
    private StandInHosts hosts;
    private Investigation investigation;

    @BeforeEach
    void open() throws IOException {
        core = new StandInCore();
        hosts = new StandInHosts(Files.createDirectories(folder.resolve("hosts")));
        investigation = new Investigation(Oned.find(core.environment(folder)), engine, HostLook.through(hosts.way()));
        Files.createDirectories(folder.resolve("datastores/100/42"));
        core.says("one.datastore.info 100", datastore("qcow2"));
        vmIs(SAVE_SUSPEND);
    }

    @AfterEach
    void close() throws IOException {
        core.close();
    }

    private String datastore(String driver) {
        return Descriptions.datastore(100, 1, driver, Map.of())
                .replace(
                        "/var/lib/one//datastores", folder.resolve("datastores").toString());
    }

    private void vmIs(int lcmState) {
        core.says("one.vm.info 42", Descriptions.vm(42, 3, lcmState, "", List.of(new Stay("h1", "kvm", 100))));
    }

    private void save(String content) throws IOException {
        Files.writeString(folder.resolve("datastores/100/42/checkpoint"), content);
    }

    @Test
    void aSaveWhoseDriverDiedIsToldToHaveSucceeded() throws IOException {
        hosts.host("h1", "one-42", "");
        save("LibvirtQemudSave");
        core.says("one.vm.recover 42 1", "42");

        var explanation = investigation.explain(42);
        investigation.apply(explanation);

        assertThat(explanation.verdict().recovery()).contains(Recovery.SUCCESS);
        assertThat(core.calls()).endsWith("one.vm.recover 42 1");
    }

    @Test
    void lookingAsksForNothingButWhatItReads() throws IOException {
        hosts.host("h1", "one-42", "running");

        investigation.explain(42);

        assertThat(core.calls()).containsExactly("one.vm.info 42", "one.datastore.info 100");
    }

    @Test
    void aVmThatHasChangedSinceItWasLookedAtIsLeftAlone() throws IOException {
        hosts.host("h1", "one-42", "running");
        var explanation = investigation.explain(42);
        vmIs(3);

        var failure = catchThrowableOfType(Failure.class, () -> investigation.apply(explanation));

        assertThat(failure.code()).isEqualTo("opennebula.changed");
        assertThat(core.calls()).noneMatch(call -> call.startsWith("one.vm.recover"));
    }

    @Test
    void whereNoRecoveryIsSafeNoneIsTold() {
        var explanation = investigation.explain(42);

        var failure = catchThrowableOfType(Failure.class, () -> investigation.apply(explanation));

        assertThat(explanation.truth()).isInstanceOf(Truth.Untold.class);
        assertThat(failure.code()).isEqualTo("opennebula.no-recovery");
        assertThat(core.calls()).noneMatch(call -> call.startsWith("one.vm.recover"));
    }

    @Test
    void whatBerthKnowsOfAHostCountsWhereSshTellsNothing() {
        engine.hosts.views.add(new HostView(new HostRef("h1"), "root@h1", "libvirt"));
        engine.machines.views.add(Samples.running("one-42"));

        assertThat(investigation.explain(42).truth()).isEqualTo(new Truth.Runs("h1"));
    }

    @Test
    void aHostOfWhichBerthHearsNothingEitherIsNotTakenForEmpty() {
        engine.hosts.views.add(new HostView(new HostRef("h1"), "root@h1", "libvirt"));
        engine.machines.silent.add(Samples.failure(FailureKind.ENVIRONMENT));
        assertThat(investigation.explain(42).facts().hosts())
                .extracting(HostSight::guest)
                .first()
                .isEqualTo(GuestSight.UNTOLD);

        engine.machines.silent.clear();
        engine.machines.silent.add(Failure.of(FailureKind.ENVIRONMENT, "test.failure", "somewhere")
                .next("look")
                .build());
        assertThat(investigation.explain(42).facts().hosts())
                .filteredOn(sight -> sight.host().equals("h1"))
                .extracting(HostSight::guest)
                .containsExactly(GuestSight.UNTOLD);
    }

    @Test
    void aGuestThatBerthSeesElsewhereIsNotOverlooked() throws IOException {
        hosts.host("h1", "one-42", "");
        engine.machines.views.add(new MachineView(
                Samples.vm("one-42"), MachineState.RUNNING, new HostRef("h7"), "", Optional.empty(), Optional.empty()));

        assertThat(investigation.explain(42).truth()).isInstanceOf(Truth.Contradictory.class);
    }

    @Test
    void aCompleteCheckpointOnABlockVolumeCounts() throws IOException {
        hosts.host("h1", "one-42", "");
        engine.checkpoints.entries.add(Samples.checkpoint("one-42", CheckpointState.COMPLETE));

        assertThat(investigation.explain(42).verdict().recovery()).contains(Recovery.SUCCESS);
    }

    @Test
    void aCheckpointThatWasUsedOrIsAnothersDoesNot() throws IOException {
        hosts.host("h1", "one-42", "");
        engine.checkpoints.entries.add(Samples.checkpoint("one-42", CheckpointState.CONSUMED));
        engine.checkpoints.entries.add(Samples.checkpoint("one-43", CheckpointState.COMPLETE));

        assertThat(investigation.explain(42).truth()).isEqualTo(new Truth.Nowhere());
    }

    @Test
    void anOperationOfBerthThatIsNotOverComesFirst() throws IOException {
        hosts.host("h1", "one-42", "running");
        engine.operations.entries.add(Samples.entry("one-42", OperationState.PENDING, "rests"));

        assertThat(investigation.explain(42).truth()).isInstanceOf(Truth.InHand.class);
    }

    @Test
    void cephsOwnVolumeIsNotTakenForEmpty() throws IOException {
        hosts.host("h1", "one-42", "");
        core.says(
                "one.vm.info 42",
                Descriptions.vm(42, 3, SAVE_SUSPEND, "", List.of(new Stay("h1", "kvm", 100)))
                        .replace("qcow2", "ceph"));

        assertThat(investigation.explain(42).verdict().why()).contains("one-sys-42-checkpoint");
    }

    @Test
    void aVmThatWasNeverPlacedIsOff() {
        core.says("one.vm.info 42", Descriptions.vm(42, 1, 0, "", List.of()));

        assertThat(investigation.explain(42).verdict().standing()).isEqualTo(Verdict.Standing.AGREED);
    }
}
