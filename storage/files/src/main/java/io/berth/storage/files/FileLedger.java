package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.HostAnswer;
import io.berth.storage.records.KeptRecord;
import io.berth.storage.records.TransitionText;
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
            return TransitionText.decode(generation, state, folder.content(file));
        }
        throw FolderFailures.of(answer, "checkpoint " + volume + " can't be marked " + state, settings);
    }

    @Override
    public void describe(Call call, CheckpointRecord record) {
        var text = KeptRecord.encode(record);
        var answer = hosts.change(FileCommands.replace(call, files.description(record.volume()), text));
        if (!answer.succeeded()) {
            throw FolderFailures.of(
                    answer, "the record of checkpoint " + record.volume() + " can't be written", settings);
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
        return Optional.of(
                new Entry(volume, transitions, text.flatMap(known -> KeptRecord.decode(volume, known, true))));
    }

    /**
     * Removes all that stands of the volume. The markers go in the order they were made, so that what is left after an
     * interruption never says COMPLETE of an image that is gone already.
     */
    void forget(Call call, VolumeRef volume) {
        folder.remove(call, files.description(volume));
        folder.listing().stream()
                .map(FolderListing.Item::file)
                .filter(file -> file.volume().equals(volume))
                .filter(VolumeFiles.Marker.class::isInstance)
                .map(VolumeFiles.Marker.class::cast)
                .sorted()
                .forEach(marker -> folder.remove(call, files.marker(volume, marker.generation(), marker.state())));
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
                                .flatMap(text -> KeptRecord.decode(entry.getKey(), text, false))))
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
                        .add(TransitionText.decode(marker.generation(), marker.state(), content));
            }
        });
        byVolume.values().forEach(Collections::sort);
        return byVolume;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
