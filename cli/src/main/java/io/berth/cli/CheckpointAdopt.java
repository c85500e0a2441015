package io.berth.cli;

import io.berth.core.operation.AdoptRequest;
import io.berth.driver.Failure;
import io.berth.driver.VmRef;
import io.berth.driver.storage.VolumeRef;
import java.util.List;
import java.util.UUID;

/** {@code berth checkpoint adopt}. */
final class CheckpointAdopt {
    private static final String VM = "--vm";

    private CheckpointAdopt() {}

    static Verb verb() {
        return Verb.of("adopt", "Make a checkpoint of a guest that something else saved.", CheckpointAdopt::run)
                .details(
                        "",
                        "The volume stays as it is. 'berth vm resume' makes the guest go on, and deletes the volume when it"
                                + " runs. On Ceph the images of OpenNebula's own driver are meant, one-sys-7-checkpoint:"
                                + " adopt one only of a VM that OpenNebula says is suspended or stopped.")
                .options(
                        Specs.value(VM, "UUID", "Whose memory it is; an image of another VM is refused."),
                        Specs.value(Specs.HOST, "HOST", "Where it was saved, and is looked at."),
                        Specs.hostIsDead(),
                        Specs.dryRun(),
                        Specs.json())
                .argument(Specs.one("DATASTORE:VOLUME", "Where it is."));
    }

    private static ExitCode run(Invocation invocation) {
        var request = new AdoptRequest(
                volume(invocation.word()),
                invocation
                        .text(VM)
                        .map(CheckpointAdopt::vm)
                        .orElseThrow(() -> Usage.wrong("whose memory is it?", "name the VM's UUID with --vm")),
                invocation
                        .host(Specs.HOST)
                        .orElseThrow(() -> Usage.wrong("where was it saved?", "name the host with --host")),
                invocation.hosts(Specs.HOST_IS_DEAD));
        var checkpoints = invocation.session().engine().checkpoints();
        return new OperationRun(invocation, "adopted")
                .onEach(
                        List.of(invocation.word()),
                        OperationRun.of(
                                name -> checkpoints.planAdopt(request),
                                (name, watch) -> checkpoints.adopt(request, watch)));
    }

    private static VolumeRef volume(String word) {
        var colon = word.lastIndexOf(':');
        if (colon < 1) {
            throw noVolume();
        }
        try {
            return new VolumeRef(word.substring(0, colon), word.substring(colon + 1));
        } catch (IllegalArgumentException odd) {
            throw noVolume();
        }
    }

    private static Failure noVolume() {
        return Usage.wrong("that is no volume", "write DATASTORE:VOLUME, as rbd:one-sys-7-checkpoint");
    }

    /** What it is called is only told by its image. */
    private static VmRef vm(String text) {
        try {
            return new VmRef(UUID.fromString(text), text);
        } catch (IllegalArgumentException odd) {
            throw Usage.wrong("that is no UUID", "write it as 'virsh domuuid' does");
        }
    }
}
