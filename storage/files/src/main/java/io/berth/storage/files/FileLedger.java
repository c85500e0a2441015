package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The ledger as files beside the volumes: one for each transition, made by {@code link(2)}, and one description. */
final class FileLedger implements CheckpointLedger {
    /** What a command's output holds; a longer record could be written but never read. */
    private static final int LONGEST_RECORD = 1 << 20;

    /** Generations are taken one after the other, so that a block without its last one is the end. */
    private static final int GENERATIONS_AT_ONCE = 8;

    private final FolderSettings settings;
    private final VolumeFiles files;
    private final DatastoreHosts hosts;
    private final DatastoreFolder folder;
    private final Clock clock;

    FileLedger(FolderSettings settings, VolumeFiles files, DatastoreHosts hosts, DatastoreFolder folder, Clock clock) {
        this.settings = settings;
        this.files = files;
        this.hosts = hosts;
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Transition advance(Call call, VolumeRef volume, int generation, CheckpointState state) {
        var wanted = new Transition(
                generation, state, call.token().operation(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var file = files.marker(volume, generation, state);
        var answer = hosts.change(FileCommands.createOnce(call, file, bytes(TransitionText.encode(wanted))));
        if (answer.succeeded()) {
            return wanted;
        }
        if (answer.result().exitCode() == HostAnswer.EXISTS) {
            return TransitionText.decode(new VolumeFiles.Marker(volume, generation, state), folder.content(file));
        }
        throw answer.failure("checkpoint " + volume + " can't be marked " + state, settings);
    }

    @Override
    public void describe(Call call, CheckpointRecord record) {
        var text = bytes(RecordText.encode(record));
        if (text.length > LONGEST_RECORD) {
            throw Failure.of(
                            FailureKind.CALLER,
                            "checkpoint.record-too-long",
                            "the record of " + record.volume() + " has " + text.length + " bytes")
                    .why("the guest's definition is too long to be read back from the storage")
                    .next("take what isn't needed (metadata) out of the definition of " + record.vm())
                    .build();
        }
        var answer = hosts.change(FileCommands.replace(call, files.description(record.volume()), text));
        if (!answer.succeeded()) {
            throw answer.failure("the record of checkpoint " + record.volume() + " can't be written", settings);
        }
    }

    /**
     * @throws Failure {@code checkpoint.newer-format} when a later Berth wrote the record: whoever asks for this one
     *     checkpoint means to act on it
     */
    @Override
    public Optional<Entry> find(VolumeRef volume) {
        files.requireOwn(volume);
        var found = gather(volume);
        var transitions = transitions(found).getOrDefault(volume, List.of());
        if (transitions.isEmpty()) {
            return Optional.empty();
        }
        var description = volume.name() + ".record";
        var gathered = found.get(description);
        var text = gathered == null ? folder.content(files.description(volume)) : gathered;
        return Optional.of(new Entry(volume, transitions, text.flatMap(known -> record(volume, known, true))));
    }

    private Map<String, Optional<String>> gather(VolumeRef volume) {
        var found = new HashMap<String, Optional<String>>();
        for (var first = 1; ; first += GENERATIONS_AT_ONCE) {
            var last = first + GENERATIONS_AT_ONCE - 1;
            found.putAll(folder.gather(VolumeFiles.ledgerNames(volume, first, last)));
            var full = transitions(found).getOrDefault(volume, List.of()).stream()
                    .anyMatch(transition -> transition.generation() == last);
            if (!full) {
                return found;
            }
        }
    }

    @Override
    public List<Entry> list() {
        var found = folder.gather(VolumeFiles.ledgerEnds());
        var transitions = transitions(found);
        var descriptions = new HashMap<VolumeRef, Optional<String>>();
        found.forEach((name, text) -> files.parse(name)
                .filter(VolumeFiles.Description.class::isInstance)
                .ifPresent(file -> descriptions.put(file.volume(), text)));
        addLongDescriptions(transitions.keySet(), descriptions);
        return transitions.entrySet().stream()
                .map(entry -> new Entry(
                        entry.getKey(),
                        entry.getValue(),
                        descriptions
                                .getOrDefault(entry.getKey(), Optional.empty())
                                .flatMap(text -> record(entry.getKey(), text, false))))
                .toList();
    }

    /** A description that wasn't gathered was never written, or is too long to be gathered; that is rare. */
    private void addLongDescriptions(Set<VolumeRef> volumes, Map<VolumeRef, Optional<String>> descriptions) {
        if (descriptions.keySet().containsAll(volumes)) {
            return;
        }
        folder.listing().stream()
                .map(FolderListing.Item::file)
                .filter(VolumeFiles.Description.class::isInstance)
                .map(VolumeFiles.Owned::volume)
                .filter(volume -> volumes.contains(volume) && !descriptions.containsKey(volume))
                .forEach(volume -> descriptions.put(volume, folder.content(files.description(volume))));
    }

    private Map<VolumeRef, List<Transition>> transitions(Map<String, Optional<String>> found) {
        var byVolume = new TreeMap<VolumeRef, List<Transition>>();
        found.forEach((path, content) -> {
            if (files.parse(path).orElse(null) instanceof VolumeFiles.Marker marker) {
                byVolume.computeIfAbsent(marker.volume(), _ -> new ArrayList<>())
                        .add(TransitionText.decode(marker, content));
            }
        });
        byVolume.values().forEach(Collections::sort);
        return byVolume;
    }

    private static Optional<CheckpointRecord> record(VolumeRef volume, String text, boolean refuseNewer) {
        return switch (RecordText.decode(volume, text)) {
            case RecordText.Known(var record) -> Optional.of(record);
            case RecordText.Unreadable() -> Optional.empty();
            case RecordText.NewerFormat(var format) -> {
                if (refuseNewer) {
                    throw newerFormat(volume, format);
                }
                yield Optional.empty();
            }
        };
    }

    private static Failure newerFormat(VolumeRef volume, int format) {
        return Failure.of(FailureKind.STORAGE, "checkpoint.newer-format", "checkpoint " + volume + " can't be read")
                .why("a later version of Berth wrote its record in format " + format + "; this one knows "
                        + CheckpointRecord.FORMAT)
                .next("update Berth here, or work with the checkpoint where it was made")
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
