package io.berth.storage.files;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeRef;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What each file of a datastore is called, and what a file's name says. */
final class VolumeFiles {
    private static final Pattern NAME =
            Pattern.compile("(?<volume>[A-Za-z0-9][A-Za-z0-9_-]{1,47})\\.(?:(?<image>img)|(?<record>record)"
                    + "|g(?<generation>[1-9][0-9]{0,8})\\.(?<state>allocated|writing|complete|consumed))");

    private final String datastore;
    private final String folder;

    VolumeFiles(FolderSettings settings) {
        this.datastore = settings.datastore();
        this.folder = settings.folder();
    }

    /** A file that belongs to a volume. */
    sealed interface Owned {
        VolumeRef volume();
    }

    record Image(VolumeRef volume) implements Owned {}

    record Description(VolumeRef volume) implements Owned {}

    /** Ordered as the transitions of a volume follow each other. */
    record Marker(VolumeRef volume, int generation, CheckpointState state) implements Owned, Comparable<Marker> {
        @Override
        public int compareTo(Marker other) {
            var first = Integer.compare(generation, other.generation);
            return first != 0 ? first : state.compareTo(other.state);
        }
    }

    String folder() {
        return folder;
    }

    String image(VolumeRef volume) {
        return path(volume, "img");
    }

    String description(VolumeRef volume) {
        return path(volume, "record");
    }

    String marker(VolumeRef volume, int generation, CheckpointState state) {
        return path(volume, markerEnd(generation, state));
    }

    /** What a description's and each marker's name of any volume ends with. */
    static List<String> ledgerEnds() {
        return Stream.concat(
                        Stream.of(".record"),
                        Arrays.stream(CheckpointState.values()).map(state -> "." + word(state)))
                .toList();
    }

    /** The names of a volume's description and of its markers from one generation to another. */
    static List<String> ledgerNames(VolumeRef volume, int first, int last) {
        var names = Stream.<String>builder().add(volume.name() + ".record");
        for (var generation = first; generation <= last; generation++) {
            for (var state : CheckpointState.values()) {
                names.add(volume.name() + "." + markerEnd(generation, state));
            }
        }
        return names.build().toList();
    }

    /** What the file is; empty for one that isn't Berth's. */
    Optional<Owned> parse(String fileName) {
        var matcher = NAME.matcher(fileName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var volume = new VolumeRef(datastore, matcher.group("volume"));
        if (matcher.group("image") != null) {
            return Optional.of(new Image(volume));
        }
        if (matcher.group("record") != null) {
            return Optional.of(new Description(volume));
        }
        return Optional.of(new Marker(
                volume,
                Integer.parseInt(matcher.group("generation")),
                CheckpointState.valueOf(matcher.group("state").toUpperCase(Locale.ROOT))));
    }

    /** @throws Failure {@code volume.other-datastore} */
    void requireOwn(VolumeRef volume) {
        if (!volume.datastore().equals(datastore)) {
            throw Failure.of(
                            FailureKind.CALLER,
                            "volume.other-datastore",
                            "volume " + Printable.line(volume.toString()) + " isn't on datastore "
                                    + Printable.line(datastore))
                    .next("ask the driver of the volume's own datastore")
                    .build();
        }
    }

    private String path(VolumeRef volume, String end) {
        requireOwn(volume);
        return folder + "/" + volume.name() + "." + end;
    }

    private static String markerEnd(int generation, CheckpointState state) {
        return "g" + generation + "." + word(state);
    }

    private static String word(CheckpointState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
