package io.berth.opennebula.oned;

import io.berth.driver.xml.Xml;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A disk of a VM as OpenNebula has it.
 *
 * @param format {@code raw}, {@code qcow2}; empty: the core doesn't say, as older ones don't for all disks
 * @param type DISK_TYPE, {@code FILE}, {@code BLOCK}, {@code RBD}; empty: the core doesn't say
 * @param transferDriver TM_MAD of the datastore that it is on; empty: the core doesn't say
 * @param size MiB the VM is to see
 * @param originalSize MiB of the image it is made of
 * @param sparse whether space is taken when it is written; empty: the site's usual
 * @param standalone whether a copy of a QCOW2 image is to hold all of it
 */
public record Disk(
        int number,
        String format,
        String type,
        String transferDriver,
        Optional<Long> size,
        Optional<Long> originalSize,
        Optional<Boolean> sparse,
        boolean standalone) {
    static List<Disk> ofVm(Element vm) {
        return Xml.at(vm, "TEMPLATE", "DISK").stream().map(Disk::of).toList();
    }

    private static Disk of(Element disk) {
        return new Disk(
                Fields.number(disk, "DISK_ID"),
                Fields.text(disk, "FORMAT"),
                Fields.text(disk, "DISK_TYPE"),
                Fields.text(disk, "TM_MAD"),
                size(disk, "SIZE"),
                size(disk, "ORIGINAL_SIZE"),
                Optional.of(Fields.text(disk, "SPARSE"))
                        .filter(text -> !text.isEmpty())
                        .map("YES"::equalsIgnoreCase),
                Fields.text(disk, "QCOW2_STANDALONE").equalsIgnoreCase("YES"));
    }

    private static Optional<Long> size(Element disk, String field) {
        return Optional.of(Fields.text(disk, field))
                .filter(text -> text.matches("\\d{1,12}"))
                .map(Long::parseLong);
    }
}
