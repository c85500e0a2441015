package io.berth.storage.script;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.driver.storage.VolumeInfo;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.hosts.HostAnswer;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The volumes that the script {@code list} names: lines of {@code NAME BYTES USED}. A line that is anything else is refused
 * with the whole answer, since a volume overlooked would look deleted.
 */
final class VolumeList {
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]{1,47}) ([0-9]{1,18}) ([0-9]{1,18})");

    private final String datastore;
    private final Scripts scripts;

    VolumeList(String datastore, Scripts scripts) {
        this.datastore = datastore;
        this.scripts = scripts;
    }

    List<VolumeInfo> all() {
        var answer = scripts.ask(ScriptFunction.LIST);
        var volumes = new TreeMap<VolumeRef, VolumeInfo>();
        answer.result().output().lines().forEach(line -> {
            var info = info(answer, line);
            if (volumes.put(info.volume(), info) != null) {
                throw ScriptFailures.unreadable(answer, ScriptFunction.LIST, info.volume() + " is there twice");
            }
        });
        return List.copyOf(volumes.values());
    }

    private VolumeInfo info(HostAnswer answer, String line) {
        var matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw ScriptFailures.unreadable(
                    answer, ScriptFunction.LIST, "'" + Printable.line(line) + "' isn't 'NAME BYTES USED'");
        }
        return new VolumeInfo(
                new VolumeRef(datastore, matcher.group(1)),
                new DataSize(Long.parseLong(matcher.group(2))),
                new DataSize(Long.parseLong(matcher.group(3))));
    }

    /** @throws Failure {@code volume.other-datastore} */
    Optional<VolumeInfo> find(VolumeRef volume) {
        requireOwn(volume);
        return all().stream().filter(info -> info.volume().equals(volume)).findFirst();
    }

    /** @throws Failure {@code volume.absent} */
    VolumeInfo existing(VolumeRef volume) {
        return find(volume).orElseThrow(() -> ScriptFailures.absent(volume));
    }

    /** What is missing for the volume to be there with that size. */
    Optional<String> lacks(VolumeRef volume, DataSize size) {
        var found = find(volume);
        if (found.isEmpty()) {
            return Optional.of("'list' doesn't name it");
        }
        return size.exceeds(found.get().size())
                ? Optional.of("'list' says that it has " + found.get().size() + " in place of " + size)
                : Optional.empty();
    }

    private void requireOwn(VolumeRef volume) {
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
}
