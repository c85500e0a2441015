package io.berth.engine.testkit;

import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.core.run.RunResult;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import io.berth.engine.MachineState;
import io.berth.engine.MachineView;
import io.berth.engine.Report;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Things to show. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final HostRef HOST = new HostRef("h1");
    public static final OperationId OPERATION = new OperationId("01jq0000000000abcd");
    public static final VolumeRef VOLUME = new VolumeRef("fast", "berth-ckpt-01jq0000000000abcd");
    public static final GuestProfile PROFILE =
            new GuestProfile("x86_64", "pc-i440fx-7.2", "qemu64", "7.2.19", DataSize.ofMebibytes(512), List.of());

    private Samples() {}

    public static VmRef vm(String name) {
        return new VmRef(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), name);
    }

    public static MachineView running(String name) {
        return new MachineView(vm(name), MachineState.RUNNING, HOST, "booted", Optional.empty(), Optional.empty());
    }

    public static MachineView suspended(String name) {
        return new MachineView(
                vm(name),
                MachineState.SUSPENDED,
                HOST,
                "",
                Optional.of(VOLUME),
                Optional.of(NOW.minus(Duration.ofMinutes(32))));
    }

    public static Plan plan(String vm) {
        return Plan.of(OPERATION, "suspend", vm(vm))
                .then(new Step.PauseGuest("pause", vm(vm), HOST, false))
                .then(new Step.AttachVolume("attach", VOLUME, HOST))
                .pointOfNoReturn()
                .then(new Step.DestroyGuest("destroy", vm(vm), HOST))
                .build();
    }

    public static Report report(String vm) {
        return report(vm, OperationState.SUCCEEDED, Optional.empty(), false);
    }

    public static Report report(String vm, OperationState state, Optional<Failure> failure, boolean memoryLost) {
        return new Report(
                new RunResult(plan(vm), state, failure, memoryLost),
                Duration.ofMillis(1240),
                Optional.of(VOLUME),
                Optional.of(DataSize.ofMebibytes(100)),
                List.of(new Report.StepTime("pause", Duration.ofMillis(20))));
    }

    public static Failure failure(FailureKind kind) {
        return Failure.of(kind, "test.failure", "it went wrong")
                .why("because of the test")
                .host(HOST)
                .command("virsh save x")
                .output("first\nsecond")
                .next("do something")
                .build();
    }

    public static OperationEntry entry(String vm, OperationState state, String message) {
        return new OperationEntry(
                OPERATION, vm(vm), "suspend", "{}", state, message, NOW.minus(Duration.ofHours(26)), NOW);
    }

    public static Entry checkpoint(String vm, CheckpointState state) {
        return new Entry(VOLUME, List.of(new Transition(1, state, OPERATION, NOW)), Optional.of(record(vm)));
    }

    private static CheckpointRecord record(String vm) {
        return new CheckpointRecord(
                CheckpointRecord.FORMAT,
                VOLUME,
                CheckpointPurpose.SUSPEND,
                vm(vm),
                HOST,
                OPERATION,
                7,
                "libvirt",
                PROFILE,
                "<domain/>",
                Optional.empty(),
                false,
                DataSize.ofKibibytes(107_213),
                "0123abcd",
                Optional.empty(),
                true,
                NOW.minus(Duration.ofDays(2)),
                Optional.of(NOW));
    }
}
