package io.berth.opennebula.mad;

import io.berth.driver.Failure;
import io.berth.opennebula.image.VmDisks;
import io.berth.opennebula.oned.Disk;
import io.berth.opennebula.oned.Oned;
import java.util.Map;
import java.util.Optional;

/** The disks of VMs as the core tells them, asked each time: they change with every attach and resize. Thread-safe. */
record ToldDisks(Map<String, String> environment) implements VmDisks {
    @Override
    public Optional<Wanted> disk(int vm, int number) {
        try {
            return Oned.find(environment).disks(vm).stream()
                    .filter(disk -> disk.number() == number)
                    .findFirst()
                    .map(ToldDisks::asTold);
        } catch (Failure untold) {
            return Optional.empty();
        }
    }

    private static Wanted asTold(Disk disk) {
        var grows = disk.size()
                .filter(size ->
                        disk.originalSize().filter(image -> image < size).isPresent());
        return new Wanted(
                disk.format().equalsIgnoreCase("raw"),
                grows,
                disk.sparse().filter(it -> !it).isPresent());
    }
}
