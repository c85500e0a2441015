package io.berth.opennebula.mad;

import io.berth.driver.Failure;
import io.berth.opennebula.image.VmDisks;
import io.berth.opennebula.oned.Disk;
import io.berth.opennebula.oned.Oned;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The disks of VMs as the core tells them, asked each time: they change with every attach and resize. Thread-safe. */
record ToldDisks(Map<String, String> environment) implements VmDisks {
    /** What a site's configuration adds to the commands that make layers: then they are the scripts' to run. */
    private static final String LAYER_OPTIONS = "QCOW2_OPTIONS";

    @Override
    public Optional<Wanted> disk(int vm, int number) {
        try {
            return Oned.find(environment).disks(vm).stream()
                    .filter(disk -> disk.number() == number)
                    .findFirst()
                    .map(this::asTold);
        } catch (Failure untold) {
            return Optional.empty();
        }
    }

    private Wanted asTold(Disk disk) {
        var grows = disk.size()
                .filter(size ->
                        disk.originalSize().filter(image -> image < size).isPresent());
        return new Wanted(
                format(disk.format()),
                grows,
                disk.sparse().filter(it -> !it).isPresent(),
                !disk.standalone()
                        && environment.getOrDefault(LAYER_OPTIONS, "").isBlank());
    }

    private static Format format(String told) {
        return switch (told.toLowerCase(Locale.ROOT)) {
            case "raw" -> Format.RAW;
            case "qcow2" -> Format.QCOW2;
            default -> Format.OTHER;
        };
    }
}
