package io.berth.opennebula.mad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.driver.Cancellation;
import io.berth.opennebula.image.VmDisks.Format;
import io.berth.opennebula.image.VmDisks.Wanted;
import io.berth.opennebula.standin.StandInOned;
import io.berth.opennebula.standin.StubSite;
import io.berth.opennebula.testkit.QemuImg;
import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.ThisMachine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The transfer manager brings images to hosts that don't share them, where their datastore asks for it. The host is this machine
 * and has its datastores in another folder; what it does is real, but for the programs that a test has fail.
 */
@Timeout(120)
class BroughtDisksDriverTest {
    private static final int MIB = 1 << 20;

    /** For a program of the host's: the shell that runs it dies here. */
    private static final String DIE = "kill -9 $PPID";

    @TempDir
    Path folder;

    private StubSite site;
    private Path image;
    private Path datastore;
    private Path disk;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(Files.createDirectories(folder.resolve("site")));
        image = Files.createDirectories(folder.resolve("front/datastores/1")).resolve("0a1b");
        try (var content = FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 4L * MIB); // after a hole
        }
        datastore = folder.resolve("host/datastores/100");
        disk = datastore.resolve("5/disk.0");
    }

    @ParameterizedTest
    @CsvSource({"ssh, CLONE", "ssh, LN", "local, CLONE", "local, LN"})
    void anImageArrivesWholeWithItsHolesAndNothingElse(String driver, String verb) throws IOException {
        assertThat(ask(verb, driver, Format.RAW, 0))
                .containsExactly("LOG I -1 clone: Cloning " + image + " in " + disk, "TRANSFER SUCCESS 5 -");

        assertThat(Files.mismatch(disk, image)).isEqualTo(-1);
        assertThat(space(disk)).isLessThan(MIB);
        assertThat(entries()).containsExactly(disk);
        assertThat(site.takeCalls()).isEmpty();
    }

    /** By the driver that is named there the host looks at the space that its datastore has. */
    @Test
    void theHostIsToldWhoLooksAtItsSpace() throws IOException {
        ask("CLONE", "local", Format.RAW, 0);

        assertThat(datastore.resolve(".monitor")).hasContent("ssh");
    }

    @Test
    void aDiskGrowsToWhatItsVmWantsAndTakesThePlaceOfWhatAnEarlierOneLeft() throws IOException {
        Files.createDirectories(disk.getParent());
        Files.createSymbolicLink(disk, image);
        Files.createDirectories(disk.resolveSibling("disk.0.part.older/half"));

        ask("CLONE", "ssh", Format.RAW, 8);

        assertThat(Files.isSymbolicLink(disk)).isFalse();
        assertThat(Files.size(disk)).isEqualTo(8L * MIB);
        assertThat(Files.mismatch(disk, image)).isEqualTo(Files.size(image));
        assertThat(entries()).containsExactly(disk);
    }

    @Test
    void anImageOfLayersIsAFileForOneDriverAndTheFirstLayerForTheOther() throws IOException {
        Files.delete(image);
        QemuImg.create(image, 4);

        ask("CLONE", "ssh", Format.QCOW2, 8);
        assertThat(disk).isRegularFile();
        assertThat(QemuImg.info(disk)).contains("virtual size: 8 MiB");
        QemuImg.requireContent(disk);

        Files.delete(disk);
        ask("CLONE", "local", Format.QCOW2, 8);
        assertThat(Files.readSymbolicLink(disk)).hasToString("disk.0.snap/0");
        assertThat(QemuImg.info(disk)).contains("virtual size: 8 MiB");
        QemuImg.requireContent(disk);
        assertThat(entries()).containsExactlyInAnyOrder(disk, disk.resolveSibling("disk.0.snap"));
    }

    @Test
    void whatIsNoPlainImageIsLeftToTheDriversScript() throws IOException {
        assertThat(ask("CLONE", "ssh", Format.QCOW2, 0)).anyMatch(line -> line.contains("isn't of the format"));
        Files.createDirectory(image.resolveSibling("0a1b.snap"));
        assertThat(ask("CLONE", "ssh", Format.RAW, 0)).anyMatch(line -> line.contains("has snapshots beside it"));
        Files.delete(image);
        assertThat(ask("CLONE", "ssh", Format.RAW, 0)).anyMatch(line -> line.contains("there is no image"));

        assertThat(site.takeCalls()).hasSize(3).allMatch(call -> call.program().endsWith("/tm/ssh/clone"));
        assertThat(disk).doesNotExist();
    }

    /** Each command of the host's, in turn, is where it ends. */
    @ParameterizedTest
    @CsvSource({
        "mkdir, RAW",
        "sha256sum, RAW",
        "tee, RAW",
        "tar, RAW",
        "truncate, RAW",
        "qemu-img, QCOW2",
        "sync, RAW",
        "cut, RAW",
        "mv, RAW",
        "mv, QCOW2",
        "ln, QCOW2"
    })
    void aHostThatStopsAnywhereHasNothingThatPassesForADiskAndTheNextTryIsWhole(String program, Format format)
            throws IOException {
        if (format == Format.QCOW2) {
            Files.delete(image);
            QemuImg.create(image, 4);
        }
        site.installOnHosts(program, DIE);

        assertThat(ask("CLONE", "local", format, 8)).endsWith("TRANSFER SUCCESS 5 -");

        assertThat(site.takeCalls()).hasSize(1);
        if (Files.exists(disk)) {
            assertWhole(format);
        }
        site.uninstallOnHosts(program);
        removeWhatAScriptWouldRemove();
        ask("CLONE", "local", format, 8);
        assertWhole(format);
        assertThat(entries()).noneMatch(entry -> entry.toString().contains(".part"));
        assertThat(site.takeCalls()).isEmpty();
    }

    @Test
    void whatArrivesOtherThanItWasSentIsNoDisk() throws IOException {
        site.installOnHosts("sha256sum", "/usr/bin/sha256sum | tr 0-9 1-90");

        assertThat(ask("CLONE", "ssh", Format.RAW, 0)).anyMatch(line -> line.contains("isn't what was sent"));

        assertThat(site.takeCalls()).hasSize(1);
        assertThat(entries()).isEmpty();
    }

    /** The connection breaks when the host is about to give the disk its name; it comes to do so when that was dropped. */
    @Test
    void aHostThatIsSlowToPlaceADiskDoesNotPlaceItWhenAnotherOneMayBeThere() throws IOException {
        var late = folder.resolve("late");
        breakWhilePlacing(":", """
                for _ in $(seq 200); do [ -e "$part" ] || break; sleep 0.05; done
                /bin/mv "$@"
                touch %s""".formatted(late));

        assertThat(ask("CLONE", "ssh", Format.RAW, 0)).endsWith("TRANSFER SUCCESS 5 -");

        await().until(() -> Files.exists(late));
        assertThat(site.takeCalls()).hasSize(1);
        assertThat(disk).doesNotExist();
    }

    @Test
    void noScriptMakesADiskThatAHostMayStillPlace() throws IOException {
        breakWhilePlacing("touch " + folder.resolve("site/no-host"), ":");

        assertThat(ask("CLONE", "ssh", Format.RAW, 0).getLast()).startsWith("TRANSFER FAILURE 5 ");

        assertThat(site.takeCalls()).isEmpty();
    }

    /** @param then what the host does when it isn't heard of any more */
    private void breakWhilePlacing(String before, String then) throws IOException {
        site.installOnHosts("mv", """
                [ "${@: -1}" = %s ] || exec /bin/mv "$@"
                part=${@: -2:1}
                %s
                exec >%s 2>&1
                kill -9 "$(ps -o ppid= "$PPID" | tr -d ' ')" "$PPID"
                %s
                """.formatted(disk, before, folder.resolve("unheard"), then));
    }

    private void assertWhole(Format format) throws IOException {
        if (format == Format.QCOW2) {
            assertThat(QemuImg.info(disk)).contains("virtual size: 8 MiB");
            QemuImg.requireContent(disk);
        } else {
            assertThat(Files.size(disk)).isEqualTo(8L * MIB);
            assertThat(Files.mismatch(disk, image)).isEqualTo(Files.size(image));
        }
    }

    /** Before it makes the disk in our place. */
    private void removeWhatAScriptWouldRemove() throws IOException {
        Files.deleteIfExists(disk);
        var layers = disk.resolveSibling("disk.0.snap");
        Files.deleteIfExists(layers.resolve("0"));
        Files.deleteIfExists(layers);
    }

    private List<Path> entries() throws IOException {
        try (var entries = Files.list(disk.getParent())) {
            return entries.toList();
        }
    }

    /** In bytes. */
    private static long space(Path file) {
        var blocks = ScriptCall.of("/usr/bin/stat", List.of("-c", "%b", file.toString()), "");
        var told = new ThisMachine(ScriptLimits.none()).run(blocks, Cancellation.never());
        return Long.parseLong(told.output().strip()) * 512;
    }

    private List<String> ask(String verb, String driver, Format format, long growsTo) throws IOException {
        var settings = site.transferSettings(
                _ -> Optional.of(Map.of("BERTH_DISKS", "native")),
                (_, _) -> Optional.of(new Wanted(format, Optional.of(growsTo).filter(size -> size > 0), false, true)),
                "-t 15 -d ssh,local");
        try (var oned = new StandInOned(settings)) {
            return oned.ask(
                    site.transfer(5, "%s %s %s:%s n1:%s 5 1".formatted(verb, driver, StubSite.FRONT_END, image, disk)));
        }
    }
}
