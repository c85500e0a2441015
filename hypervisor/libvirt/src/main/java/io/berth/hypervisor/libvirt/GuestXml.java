package io.berth.hypervisor.libvirt;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.driver.xml.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Element;

/** A domain's definition, read. Not thread-safe. */
final class GuestXml {
    private final Element domain;

    private GuestXml(Element domain) {
        this.domain = domain;
    }

    /** @throws Failure {@code xml.malformed}, {@code xml.too-large}, {@code vm.bad-definition} (all no domain) */
    static GuestXml parse(String text) {
        var root = Xml.parse(text).getDocumentElement();
        if (!"domain".equals(root.getTagName())) {
            throw bad("its outermost element is '" + Printable.line(root.getTagName()) + "'");
        }
        return new GuestXml(root);
    }

    UUID uuid() {
        var text = Xml.text(domain, "uuid").orElseThrow(() -> bad("it has no UUID"));
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException odd) {
            throw bad("its UUID is none");
        }
    }

    /** Whatever its owner typed. */
    String name() {
        return Xml.text(domain, "name").orElse("");
    }

    GuestPlatform platform() {
        var type = Xml.at(domain, "os", "type").stream().findFirst().orElseThrow(() -> bad("it has no machine type"));
        return new GuestPlatform(
                Xml.attribute(domain, "type").orElse("kvm"),
                Xml.attribute(type, "arch").orElse("x86_64"),
                Xml.attribute(type, "machine").orElse(""));
    }

    Optional<Element> cpu() {
        return Xml.child(domain, "cpu");
    }

    /** The CPU for people: its model's name, or how it is chosen. */
    String cpuName() {
        return cpu().flatMap(cpu -> Xml.text(cpu, "model").or(() -> Xml.attribute(cpu, "mode")))
                .orElse("default");
    }

    /** The CPU is the host's own, whatever that is: its definition says nothing of what the guest sees. */
    boolean hasHostCpu() {
        return cpu().flatMap(cpu -> Xml.attribute(cpu, "mode"))
                .filter(mode -> mode.equals("host-passthrough") || mode.equals("maximum"))
                .isPresent();
    }

    /** Most memory the guest may have, memory modules included. */
    DataSize memory() {
        return Xml.child(domain, "memory").map(GuestXml::size).orElseThrow(() -> bad("it has no memory"));
    }

    /** Memory of its video cards, which is saved along: what QEMU gives each card that doesn't say is 16 MiB. */
    DataSize videoMemory() {
        var sum = 0L;
        for (var model : Xml.at(domain, "devices", "video", "model")) {
            sum += Math.max(16L << 10, kibibytes(model, "vram"))
                    + kibibytes(model, "ram")
                    + kibibytes(model, "vram64")
                    + kibibytes(model, "vgamem");
        }
        return DataSize.ofKibibytes(sum);
    }

    /** Its memory is in huge pages, which the resident size doesn't count. */
    boolean usesHugePages() {
        return !Xml.at(domain, "memoryBacking", "hugepages").isEmpty();
    }

    List<GuestDisk> disks() {
        var disks = new ArrayList<GuestDisk>();
        for (var disk : Xml.at(domain, "devices", "disk")) {
            disks.add(new GuestDisk(
                    Xml.at(disk, "target").stream()
                            .findFirst()
                            .flatMap(target -> Xml.attribute(target, "dev"))
                            .orElse(""),
                    source(disk),
                    driver(disk, "cache").orElse("default"),
                    Xml.child(disk, "readonly").isPresent(),
                    Xml.attribute(disk, "type").filter("network"::equals).isPresent(),
                    Xml.child(disk, "mirror").isPresent(),
                    driver(disk, "type").orElse("raw"),
                    !Xml.at(disk, "backingStore", "source").isEmpty()));
        }
        return disks;
    }

    /** Sources of the images that its disks' own are based on, the whole chain; libvirt tells those of guests that run. */
    List<String> baseImages() {
        var found = new ArrayList<String>();
        for (var disk : Xml.at(domain, "devices", "disk")) {
            for (var base = Xml.child(disk, "backingStore");
                    base.isPresent();
                    base = base.flatMap(image -> Xml.child(image, "backingStore"))) {
                base.map(GuestXml::source).filter(path -> path.startsWith("/")).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Devices of the host that the guest holds directly, each in a word or two. */
    List<String> hostDevices() {
        var found = new ArrayList<String>();
        for (var device : Xml.at(domain, "devices", "hostdev")) {
            found.add(Xml.attribute(device, "type").orElse("host") + " device");
        }
        for (var card : Xml.at(domain, "devices", "interface")) {
            if (Xml.attribute(card, "type").filter("hostdev"::equals).isPresent()) {
                found.add("network card passed through");
            }
        }
        return found;
    }

    /** Folders of the host shared with the guest: their state lives in a process beside QEMU. */
    boolean sharesFolders() {
        return !Xml.at(domain, "devices", "filesystem").isEmpty();
    }

    /** What it has on its host beside memory and disks. */
    List<String> localState() {
        var found = new ArrayList<String>();
        for (var nvram : Xml.at(domain, "os", "nvram")) {
            var path = nvram.getTextContent().strip();
            found.add(path.isEmpty() ? "nvram" : path);
        }
        for (var backend : Xml.at(domain, "devices", "tpm", "backend")) {
            if (Xml.attribute(backend, "type").filter("emulator"::equals).isPresent()) {
                found.add("/var/lib/libvirt/swtpm/" + uuid());
            } else {
                found.add("the host's TPM");
            }
        }
        return found;
    }

    /** An element as text. */
    static String text(Element element) {
        return Xml.serialise(element);
    }

    private static Optional<String> driver(Element disk, String attribute) {
        return Xml.child(disk, "driver").flatMap(driver -> Xml.attribute(driver, attribute));
    }

    private static String source(Element disk) {
        var source = Xml.child(disk, "source");
        for (var attribute : List.of("file", "dev", "name", "volume", "dir")) {
            var value = source.flatMap(element -> Xml.attribute(element, attribute));
            if (value.isPresent()) {
                return value.get();
            }
        }
        return "";
    }

    private static DataSize size(Element element) {
        var unit = Xml.attribute(element, "unit").orElse("KiB");
        try {
            var number = Long.parseLong(element.getTextContent().strip());
            return new DataSize(Math.multiplyExact(number, unit(unit)));
        } catch (IllegalArgumentException | ArithmeticException odd) {
            throw bad("its amount of memory makes no sense");
        }
    }

    /** libvirt's own units; it writes KiB, people write the others. */
    private static long unit(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "b", "bytes" -> 1;
            case "kb" -> 1000;
            case "k", "kib" -> 1L << 10;
            case "mb" -> 1_000_000;
            case "m", "mib" -> 1L << 20;
            case "gb" -> 1_000_000_000;
            case "g", "gib" -> 1L << 30;
            case "t", "tib" -> 1L << 40;
            default -> throw bad("its memory is given in an unknown unit");
        };
    }

    private static long kibibytes(Element element, String attribute) {
        try {
            return Xml.attribute(element, attribute).map(Long::parseLong).orElse(0L);
        } catch (NumberFormatException odd) {
            throw bad("its video memory makes no sense");
        }
    }

    private static Failure bad(String why) {
        return Failure.of(FailureKind.HYPERVISOR, "vm.bad-definition", "this is no guest's definition")
                .why(why)
                .next("look at it with 'virsh dumpxml'")
                .build();
    }
}
