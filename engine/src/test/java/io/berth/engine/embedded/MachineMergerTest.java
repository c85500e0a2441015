package io.berth.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import io.berth.engine.MachineState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineMergerTest {
    private static final VmRef VM = new VmRef(UUID.fromString("4dea22b3-1d52-d8f3-2516-782e98ab3fa0"), "web");
    private static final HostRef HOST = new HostRef("h1");
    private static final OperationId OPERATION = new OperationId("op000000000000001");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static Entry complete(CheckpointPurpose purpose) {
        var volume = new VolumeRef("fast", "berth-ckpt-" + OPERATION);
        var record = new CheckpointRecord(
                CheckpointRecord.FORMAT,
                volume,
                purpose,
                VM,
                HOST,
                OPERATION,
                7,
                "libvirt",
                new GuestProfile("x86_64", "pc", "qemu64", "7.2", DataSize.ofMebibytes(96), List.of()),
                "<domain/>",
                Optional.empty(),
                false,
                DataSize.ofMebibytes(50),
                "ab12",
                Optional.empty(),
                true,
                NOW,
                Optional.of(NOW));
        return new Entry(
                volume, List.of(new Transition(1, CheckpointState.COMPLETE, OPERATION, NOW)), Optional.of(record));
    }

    @ParameterizedTest
    @CsvSource({"SUSPEND,SUSPENDED", "STOP,STOPPED", "MIGRATE,SUSPENDED"})
    void aVmThatIsAllInACheckpointIsWhatThatWasMadeFor(CheckpointPurpose purpose, MachineState state) {
        assertThat(MachineMerger.merge(List.of(), List.of(complete(purpose))))
                .singleElement()
                .satisfies(machine -> {
                    assertThat(machine.state()).isEqualTo(state);
                    assertThat(machine.state().isInACheckpoint()).isTrue();
                    assertThat(machine.since()).contains(NOW);
                });
    }

    @Test
    void aVmThatRunsRunsWhateverCheckpointItHas() {
        var running = new GuestView(VM, HOST, GuestState.RUNNING, "booted", true);

        assertThat(MachineMerger.merge(List.of(running), List.of(complete(CheckpointPurpose.STOP))))
                .singleElement()
                .satisfies(machine -> assertThat(machine.state()).isEqualTo(MachineState.RUNNING));
    }
}
