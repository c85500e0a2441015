package io.berth.storage.script;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.driver.storage.Capacity;
import io.berth.driver.storage.VolumeInfo;
import io.berth.driver.storage.VolumeRef;
import io.berth.driver.storage.Volumes;
import io.berth.storage.files.FolderStorage;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Volumes as scripts make them. What is so already isn't asked for, so that scripts see few repetitions. */
final class ScriptVolumes implements Volumes {
    /** Storages round to all kinds of grains; none that is known to a coarser one that isn't a multiple of this. */
    private static final DataSize GRAIN = DataSize.ofMebibytes(1);

    private static final Pattern ROOM = Pattern.compile("([0-9]{1,18}) ([0-9]{1,18})\n?");

    private final ScriptSettings settings;
    private final VolumeList volumes;
    private final ScriptAttachments attachments;
    private final Scripts scripts;
    private final FolderStorage ledger;

    /** @param ledger of which nothing but the ledger is used */
    ScriptVolumes(
            ScriptSettings settings,
            VolumeList volumes,
            ScriptAttachments attachments,
            Scripts scripts,
            FolderStorage ledger) {
        this.settings = settings;
        this.volumes = volumes;
        this.attachments = attachments;
        this.scripts = scripts;
        this.ledger = ledger;
    }

    @Override
    public VolumeInfo create(Call call, VolumeRef volume, DataSize atLeast) {
        var size = inGrains(atLeast);
        var there = volumes.find(volume);
        if (there.isPresent() && size.exceeds(there.get().size())) {
            throw Failure.of(
                            FailureKind.STORAGE, "volume.too-small", "volume " + volume + " can't be made with " + size)
                    .why("it is there already, and has " + there.get().size())
                    .next("find out whose it is with 'berth checkpoint list'; delete it or use another name")
                    .build();
        }
        if (there.isPresent()) {
            return there.get();
        }
        var deed = new Scripts.Deed(
                "script.did-nothing",
                "volume " + volume + " can't be made with " + size,
                () -> volumes.lacks(volume, size));
        scripts.change(call, deed, ScriptFunction.CREATE, volume.name(), Long.toString(size.bytes()));
        return volumes.existing(volume);
    }

    @Override
    public Optional<VolumeInfo> find(VolumeRef volume) {
        return volumes.find(volume);
    }

    @Override
    public List<VolumeInfo> list() {
        return volumes.all();
    }

    @Override
    public void grow(Call call, VolumeRef volume, DataSize atLeast) {
        if (!settings.capabilities().grow()) {
            throw Failure.of(FailureKind.STORAGE, "volume.cannot-grow", "volume " + volume + " can't be enlarged")
                    .why("the scripts of datastore " + settings.datastore() + " aren't said to be able to")
                    .next("use another datastore; or, if they can, add grow to what the datastore 'can'")
                    .build();
        }
        var size = inGrains(atLeast);
        if (!size.exceeds(volumes.existing(volume).size())) {
            return;
        }
        var deed = new Scripts.Deed(
                "script.did-nothing",
                "volume " + volume + " can't be enlarged to " + size,
                () -> volumes.lacks(volume, size).or(() -> attachments.lacks(volume)));
        scripts.change(call, deed, ScriptFunction.GROW, volume.name(), Long.toString(size.bytes()));
    }

    @Override
    public void delete(Call call, VolumeRef volume) {
        var attached = attachments.hosts(volume);
        if (!attached.isEmpty()) {
            throw Failure.of(FailureKind.CONFLICT, "volume.attached", "volume " + volume + " can't be deleted")
                    .why("it is attached on " + attached)
                    .next("detach it there first; if a guest was restored from it, wait until it runs")
                    .build();
        }
        if (volumes.find(volume).isPresent()) {
            var deed = new Scripts.Deed(
                    "script.did-nothing",
                    "volume " + volume + " can't be deleted",
                    () -> volumes.find(volume).map(still -> "'list' still names it"));
            scripts.change(call, deed, ScriptFunction.DELETE, volume.name());
        }
        ledger.forget(call, volume);
    }

    @Override
    public Capacity capacity() {
        var answer = scripts.ask(ScriptFunction.CAPACITY);
        var room = ROOM.matcher(answer.result().output());
        if (!room.matches()) {
            throw ScriptFailures.unreadable(
                    answer,
                    ScriptFunction.CAPACITY,
                    "'" + Printable.line(answer.result().output()) + "' isn't 'TOTAL FREE'");
        }
        return new Capacity(new DataSize(Long.parseLong(room.group(1))), new DataSize(Long.parseLong(room.group(2))));
    }

    private static DataSize inGrains(DataSize atLeast) {
        return atLeast.exceeds(GRAIN) ? atLeast.roundUpTo(GRAIN) : GRAIN;
    }
}
