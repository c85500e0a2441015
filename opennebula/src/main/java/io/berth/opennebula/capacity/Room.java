package io.berth.opennebula.capacity;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.util.regex.Pattern;

/**
 * What a script {@code monitor} says of a system datastore. All that it says besides is kept for the core: older scripts
 * tell the sizes of VMs' disks along.
 *
 * @param total MiB
 * @param used MiB
 * @param free MiB that can still be written
 * @param rest what else was said
 */
record Room(long total, long used, long free, String rest) {
    private static final Pattern FIGURE = Pattern.compile("(?<!\\S)(?<name>TOTAL|USED|FREE)_MB=(?<value>\\S*)");

    /** A thousand times what the largest clusters have: sums of them are still numbers. */
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");

    /** @throws Failure {@code capacity.garbled} (ENVIRONMENT) unless each figure is there once and all make sense */
    static Room parse(String said) {
        var room = new Room(
                figure("TOTAL", said),
                figure("USED", said),
                figure("FREE", said),
                FIGURE.matcher(said).replaceAll("").strip());
        if (room.free > room.total) {
            throw garbled("more is free than there is");
        }
        return room;
    }

    private static long figure(String name, String said) {
        var values = FIGURE.matcher(said)
                .results()
                .filter(figure -> figure.group("name").equals(name))
                .map(figure -> figure.group("value"))
                .toList();
        if (values.size() != 1) {
            throw garbled(name + "_MB is there " + values.size() + " times");
        }
        if (!NUMBER.matcher(values.getFirst()).matches()) {
            throw garbled(name + "_MB is '" + values.getFirst() + "'");
        }
        return Long.parseLong(values.getFirst());
    }

    private static Failure garbled(String why) {
        return Failure.of(FailureKind.ENVIRONMENT, "capacity.garbled", "the room of the datastore isn't known")
                .why("its driver's script monitor said something else: " + Printable.line(why))
                .next("run that script by hand; until it answers OpenNebula keeps what it knew")
                .build();
    }

    /** With more MiB that lie elsewhere: they take nothing of what is free here. */
    Room beside(long more) {
        return new Room(total + more, used + more, free, rest);
    }

    /** As the core reads it. */
    String text() {
        return "TOTAL_MB=" + total + "\nUSED_MB=" + used + "\nFREE_MB=" + free + "\n"
                + (rest.isEmpty() ? "" : rest + "\n");
    }
}
