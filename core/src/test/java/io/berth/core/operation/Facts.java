package io.berth.core.operation;

import io.berth.driver.DataSize;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.HypervisorCapabilities;
import io.berth.driver.hypervisor.MemoryEstimate;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.Capacity;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Facts of a world in which everything is well; tests change what they are about. */
public final class Facts {
    public static final VmRef VM =
            new VmRef(UUID.fromString("4dea22b3-1d52-d8f3-2516-782e98ab3fa0"), "web \"one\"\n$(reboot)");
    public static final HostRef SOURCE = new HostRef("h1");
    public static final HostRef TARGET = new HostRef("h2");
    public static final OperationId OPERATION = new OperationId("op000000000000001");
    public static final FencingToken TOKEN = new FencingToken(VM, 7, OPERATION);
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    public static final GuestProfile PROFILE =
            new GuestProfile("x86_64", "pc-i440fx-7.2", "qemu64", "7.2.19", DataSize.ofMebibytes(96), List.of());

    private Facts() {}

    public static SuspendSurvey suspend() {
        return suspend(
                GuestState.RUNNING, List.of(), List.of(), OperationSettings.SAFE, true, DataSize.ofMebibytes(1000));
    }

    public static SuspendSurvey suspendThick(List<MemoryWriter> writers) {
        return suspend(GuestState.RUNNING, List.of(), List.of(), writers, false, DataSize.ofMebibytes(1000));
    }

    public static SuspendSurvey suspend(
            GuestState state,
            List<GuestView> elsewhere,
            List<CheckpointLedger.Entry> checkpoints,
            List<MemoryWriter> writers,
            boolean thin,
            DataSize free) {
        return new SuspendSurvey(
                TOKEN,
                new GuestDescription(
                        new GuestView(VM, SOURCE, state, "", true),
                        PROFILE,
                        "<domain/>",
                        Optional.of("<domain kept='1'/>"),
                        List.of()),
                elsewhere,
                checkpoints,
                new MemoryEstimate(DataSize.ofMebibytes(60), DataSize.ofMebibytes(130)),
                "libvirt",
                new HypervisorCapabilities(Set.of(MemoryWriter.values()), true, true),
                "fast",
                new StorageCapabilities(thin, true, true, true, false),
                new Capacity(DataSize.ofMebibytes(2000), free),
                writers,
                Optional.empty(),
                Optional.empty(),
                false,
                "/var/lib/berth/vms",
                NOW);
    }

    /** The same where memory goes through a file first. */
    public static SuspendSurvey staged(SuspendSurvey facts, String datastore, DataSize free) {
        return new SuspendSurvey(
                facts.token(),
                facts.guest(),
                facts.otherCopies(),
                facts.checkpoints(),
                facts.estimate(),
                facts.hypervisor(),
                facts.hypervisorCan(),
                facts.datastore(),
                facts.storageCan(),
                facts.room(),
                facts.writers(),
                Optional.of(new Staging(datastore, SOURCE, new Capacity(DataSize.ofMebibytes(2000), free))),
                facts.volumeSize(),
                facts.checksum(),
                facts.linkFolder(),
                facts.now());
    }

    public static CheckpointRecord record(boolean released) {
        return new CheckpointRecord(
                CheckpointRecord.FORMAT,
                new VolumeRef("fast", "berth-ckpt-op000000000000000"),
                CheckpointPurpose.SUSPEND,
                VM,
                SOURCE,
                new OperationId("op000000000000000"),
                6,
                "libvirt",
                PROFILE,
                "<domain/>",
                Optional.of("<domain kept='1'/>"),
                false,
                DataSize.ofMebibytes(61),
                "ab12",
                Optional.empty(),
                released,
                NOW,
                Optional.of(NOW));
    }

    public static CheckpointLedger.Entry entry(CheckpointState state, CheckpointRecord record) {
        return new CheckpointLedger.Entry(
                record.volume(), List.of(new Transition(1, state, record.operation(), NOW)), Optional.of(record));
    }

    public static ResumeSurvey resume() {
        return resume(CheckpointState.COMPLETE, true, List.of(), Set.of(), Set.of());
    }

    public static ResumeSurvey resume(
            CheckpointState state, boolean released, List<GuestView> views, Set<HostRef> silent, Set<HostRef> dead) {
        var record = record(released);
        return new ResumeSurvey(
                TOKEN,
                entry(state, record),
                record,
                TARGET,
                views,
                silent,
                dead,
                List.of(),
                List.of(),
                "<domain/>",
                "/var/lib/berth/vms");
    }
}
