package io.berth.opennebula.mad;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.image.VmDisks.Format;
import io.berth.opennebula.image.VmDisks.Wanted;
import io.berth.opennebula.standin.StandInOned;
import io.berth.opennebula.standin.StubSite;
import io.berth.opennebula.testkit.QemuImg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The transfer manager makes disks of images itself where their datastore asks for it. */
@Timeout(120)
class NativeDisksDriverTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private StubSite site;
    private Path image;
    private Path disk;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(Files.createDirectories(folder.resolve("site")));
        var datastores = folder.resolve("datastores");
        image = Files.createDirectories(datastores.resolve("1")).resolve("0a1b");
        Files.writeString(image, "an image's content");
        Files.createDirectories(datastores.resolve("100"));
        disk = datastores.resolve("100/5/disk.0");
    }

    @Test
    void aLinkLeadsToTheImage() throws IOException {
        assertThat(ask("LN")).containsExactly(said("ln: Linking"), "TRANSFER SUCCESS 5 -");
        assertThat(ask("LN").getLast()).isEqualTo("TRANSFER SUCCESS 5 -");

        assertThat(Files.readSymbolicLink(disk)).isEqualTo(image);
        assertThat(site.takeCalls()).isEmpty();
    }

    @Test
    void aCopyGrowsToWhatItsVmWantsAndTakesNoMoreSpace() throws IOException {
        assertThat(ask("CLONE")).containsExactly(said("clone: Cloning"), "TRANSFER SUCCESS 5 -");

        assertThat(Files.size(disk)).isEqualTo(8L * MIB);
        assertThat(new String(Files.readAllBytes(disk), UTF_8)).startsWith("an image's content\0");
        assertThat((Long) Files.getAttribute(image, "unix:ino")).isNotEqualTo(Files.getAttribute(disk, "unix:ino"));
        try (var made = Files.list(disk.getParent())) {
            assertThat(made).containsExactly(disk);
        }
    }

    /** A copy through a link that an earlier VM's files left would overwrite the image. */
    @Test
    void aCopyTakesTheLinksPlaceAndTheImageStaysAsItIs() throws IOException {
        ask("LN");
        Files.writeString(disk.resolveSibling("disk.0.part"), "half of an older copy, longer than the image");

        ask("CLONE");

        assertThat(Files.isSymbolicLink(disk)).isFalse();
        assertThat(Files.size(disk)).isEqualTo(8L * MIB);
        assertThat(image).hasContent("an image's content");
    }

    /** What the hosts' own look at the space of a folder of theirs is switched on by. */
    @Test
    void aSharedFoldersSpaceIsNoHostsOwn() throws IOException {
        var mark = Files.writeString(folder.resolve("datastores/100/.monitor"), "ssh");

        ask("CLONE");

        assertThat(mark).doesNotExist();
    }

    @Test
    void whatCannotBeMadeIsTriedAgainByTheDriversScript() throws IOException {
        Files.delete(image);

        for (var verb : List.of("CLONE", "LN")) {
            assertThat(ask(verb))
                    .anyMatch(line -> line.contains("there is no image"))
                    .endsWith("TRANSFER SUCCESS 5 -");
        }

        assertThat(site.takeCalls().stream()
                        .map(call -> Path.of(call.program()).getFileName().toString()))
                .containsExactly("clone", "ln");
        assertThat(disk).doesNotExist();
    }

    /** As stock's scripts lay it out: they make the next snapshots. */
    @Test
    void aCopyOfAnImageOfLayersIsALayerOverIt() throws IOException {
        Files.delete(image);
        QemuImg.create(image, 4);
        Files.createDirectories(disk.resolveSibling("disk.0.snap.part/half"));
        Files.createDirectories(disk.resolveSibling("disk.0.snap/old"));

        assertThat(ask("CLONE", Format.QCOW2)).containsExactly(said("clone: Cloning"), "TRANSFER SUCCESS 5 -");

        assertThat(Files.readSymbolicLink(disk)).hasToString("disk.0.snap/0");
        assertThat(QemuImg.info(disk))
                .contains("virtual size: 8 MiB", "backing file: " + image, "backing file format: qcow2");
        QemuImg.requireContent(disk);
        assertThat(disk.resolveSibling("disk.0.snap/disk.0.snap/disk.0.snap/0")).isRegularFile();
        try (var made = Files.list(disk.getParent())) {
            assertThat(made).containsExactlyInAnyOrder(disk, disk.resolveSibling("disk.0.snap"));
        }
        assertThat(disk.resolveSibling("disk.0.snap/old")).doesNotExist();
    }

    @Test
    void aLinkLeadsToTheNewestSnapshotOfAnImageOfLayers() throws IOException {
        Files.writeString(image, "QFI\u00fb");
        assertThat(ask("LN", Format.QCOW2)).containsExactly(said("ln: Linking"), "TRANSFER SUCCESS 5 -");
        assertThat(Files.readSymbolicLink(disk)).isEqualTo(image.resolveSibling("0a1b.snap/0"));
        assertThat(disk.toRealPath()).isEqualTo(image.toRealPath());

        for (var snapshot : List.of("9", "10", "10.old")) {
            Files.writeString(image.resolveSibling("0a1b.snap/" + snapshot), "QFI\u00fb " + snapshot);
        }
        ask("LN", Format.QCOW2);

        assertThat(disk).hasContent("QFI\u00fb 10");
        assertThat(Files.readSymbolicLink(image.resolveSibling("0a1b.snap/0a1b.snap")))
                .hasToString(".");
        assertThat(site.takeCalls()).isEmpty();
    }

    @Test
    void whatOnlyClaimsToBeAnImageOfLayersIsLeftToTheDriversScript() throws IOException {
        for (var verb : List.of("LN", "CLONE")) {
            assertThat(ask(verb, Format.QCOW2))
                    .anyMatch(line -> line.contains("is no QCOW2 image"))
                    .endsWith("TRANSFER SUCCESS 5 -");
        }

        assertThat(site.takeCalls()).hasSize(2);
        assertThat(image.resolveSibling("0a1b.snap")).doesNotExist();
    }

    private List<String> ask(String verb) throws IOException {
        return ask(verb, Format.RAW);
    }

    private List<String> ask(String verb, Format format) throws IOException {
        var settings = site.transferSettings(
                _ -> Optional.of(Map.of("BERTH_DISKS", "native")),
                (_, _) -> Optional.of(new Wanted(format, Optional.of(8L), false, true)),
                "-t 15 -d shared");
        try (var oned = new StandInOned(settings)) {
            return oned.ask(site.transfer(5, "%s shared fe:%s n1:%s 5 1".formatted(verb, image, disk)));
        }
    }

    private String said(String doing) {
        return "LOG I -1 %s %s in n1:%s".formatted(doing, image, disk);
    }
}
