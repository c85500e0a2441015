package io.berth.opennebula.mad;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.shared.VmDescriptions.Described;
import io.berth.opennebula.shared.VmDescriptions.Disk;
import io.berth.opennebula.shared.VmDescriptions.Whereabouts;
import io.berth.opennebula.standin.StandInOned;
import io.berth.opennebula.standin.StubSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The transfer manager builds directories of VMs on block storage anew where their VMs go. A stand-in for ssh gives the two
 * hosts folders of their own, or one that they share.
 */
@Timeout(120)
class RebuiltDirectoriesDriverTest {
    private static final String LINK = "/dev/vg-one-100/lv-one-5-0";
    private static final String PATH = "/proc/self/cwd/100/5";
    private static final String DONE = "TRANSFER SUCCESS 5 -";

    @TempDir
    Path folder;

    private final Map<String, String> attributes = new HashMap<>(Map.of("BERTH_REBUILD", "native"));
    private final List<Disk> disks =
            new ArrayList<>(List.of(new Disk(0, "BLOCK", "fs_lvm"), new Disk(1, "RBD", "ceph")));
    private Whereabouts whereabouts = Whereabouts.HOST;
    private StubSite site;
    private Path source;
    private Path target;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(Files.createDirectories(folder.resolve("site")));
        source = Files.createDirectories(site.home("n1").resolve("100/5"));
        target = Files.createDirectories(site.home("n2").resolve("100")).resolve("5");
        // The program walks along its path and so loses sight of where it was started.
        site.installOnHosts("mkdir", "exec /usr/bin/mkdir \"${@/#\\/proc\\/self\\/cwd/$PWD}\"");
        Files.createSymbolicLink(source.resolve("disk.0"), Path.of(LINK));
        Files.writeString(source.resolve("disk.2"), "the CD");
        Files.writeString(source.resolve("deployment.0"), "<domain/>");
        Files.writeString(source.resolve(".host"), "n1");
    }

    @Test
    void theDirectoryIsBuiltAtTheTargetAndGoneFromTheSource() throws IOException {
        assertThat(move()).containsExactly(said(), DONE);

        assertBuilt();
        assertThat(source).doesNotExist();
        assertThat(site.takeCalls()).isEmpty();
    }

    /** Nobody says whether the hosts share it, and it doesn't matter. */
    @Test
    void aDirectoryThatBothHostsShareIsThereAfterwards() throws IOException {
        share();

        assertThat(move()).containsExactly(said(), DONE);

        assertBuilt();
        assertThat(site.takeCalls()).isEmpty();
    }

    @Test
    void whatIsAskedForOnceMoreIsFoundDone() throws IOException {
        move();

        assertThat(move()).containsExactly(said(), DONE);

        assertBuilt();
    }

    /** Somebody has removed it, or the host was made anew; the CD comes before the VM is started. */
    @Test
    void aDirectoryThatIsNowhereIsBuiltFromTheDescription() throws IOException {
        remove(source);

        assertThat(move().getLast()).isEqualTo(DONE);

        assertThat(Files.readSymbolicLink(target.resolve("disk.0"))).hasToString(LINK);
    }

    /** It may be where it always was, on a file system that isn't mounted. */
    @Test
    void aDatastoreThatIsNotThereIsLeftToTheDriversScript() throws IOException {
        remove(source);
        Files.delete(source.getParent());

        move();

        assertThat(site.takeCalls()).hasSize(1);
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "disk.1", "deployment.0.save", ".hidden", "two\nlines"})
    void aFileThatNobodyDescribesIsLeftToTheDriversScript(String name) throws IOException {
        Files.writeString(source.resolve(name), "?");

        assertThat(move().getLast()).isEqualTo(DONE);

        assertUntouched();
        assertThat(source.resolve(name)).hasContent("?");
    }

    @Test
    void aLinkThatLeadsElsewhereIsLeftToTheDriversScript() throws IOException {
        Files.delete(source.resolve("disk.0"));
        Files.createSymbolicLink(source.resolve("disk.0"), Path.of("/dev/sda"));

        move();

        assertUntouched();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FILE", ""})
    void aVmWithADiskThatIsNotOnBlockStorageIsLeftToTheDriversScript(String type) throws IOException {
        disks.add(new Disk(3, type, "ssh"));

        move();

        assertUntouched();
    }

    /** Stock leaves the source alone then: the guest may run there. */
    @Test
    void aVmThatNobodyKnowsTheStateOfIsLeftToTheDriversScript() throws IOException {
        whereabouts = Whereabouts.UNKNOWN;

        move();

        assertUntouched();
    }

    @ParameterizedTest
    @EnumSource(
            value = Whereabouts.class,
            names = {"HOST", "FRONT_END"})
    void theHostThatHasTheVolumesAtHandIsNamedInTheDirectory(Whereabouts where) throws IOException {
        whereabouts = where;

        move();

        assertThat(Files.exists(target.resolve(".host"))).isEqualTo(where == Whereabouts.HOST);
    }

    @Test
    void aDatastoreThatDoesNotAskHasItsScriptRun() throws IOException {
        attributes.clear();

        move();

        assertUntouched();
    }

    @Test
    void aSourceThatDoesNotAnswerIsLeftToTheDriversScript() throws IOException {
        Files.move(site.home("n1"), folder.resolve("n1"));

        move();

        assertThat(site.takeCalls()).hasSize(1);
        assertThat(target).doesNotExist();
    }

    /** The source keeps all of it until the target has it. */
    @Test
    void aTargetThatCannotTakeItLeavesTheSourceAsItWas() throws IOException {
        site.installOnHosts("base64", "[ $STUB_HOST = n1 ] && exec /usr/bin/base64 \"$@\"; head -c 100; exit 1");

        move();

        assertThat(site.takeCalls()).hasSize(1);
        assertThat(source.resolve("disk.2")).hasContent("the CD");
        assertThat(target.resolve("disk.2")).doesNotExist();
        assertThat(target.resolve(".berth.part")).doesNotExist();
    }

    /** Another driver has put its own disk there: nothing of it is replaced. */
    @Test
    void aFileInALinksPlaceAtTheTargetStays() throws IOException {
        Files.createDirectories(target);
        Files.writeString(target.resolve("disk.0"), "a disk");

        move();

        assertThat(site.takeCalls()).hasSize(1);
        assertThat(target.resolve("disk.0")).hasContent("a disk");
        assertThat(source.resolve("disk.2")).hasContent("the CD");
    }

    /** The script would remove what has been built, and find nothing to copy. */
    @Test
    void aSourceThatCannotBeClearedFailsTheMoveAndIsClearedWhenAskedOnceMore() throws IOException {
        site.installOnHosts("rmdir", "[ \"$STUB_HOST\" = n1 ] && exit 1; exec /usr/bin/rmdir \"$@\"");

        assertThat(move().getLast()).startsWith("TRANSFER FAILURE 5");
        assertThat(site.takeCalls()).isEmpty();
        assertBuilt();

        site.uninstallOnHosts("rmdir");
        assertThat(move().getLast()).isEqualTo(DONE);
        assertBuilt();
        assertThat(source).doesNotExist();
    }

    private List<String> move() throws IOException {
        var settings = site.transferSettings(
                _ -> Optional.of(attributes),
                _ -> Optional.of(new Described(whereabouts, disks, Optional.of(2))),
                "-t 15 -d fs_lvm");
        try (var oned = new StandInOned(settings)) {
            return oned.ask(site.transfer(5, "MV fs_lvm n1:%1$s n2:%1$s 5 100".formatted(PATH)));
        }
    }

    private String said() {
        return "LOG I -1 mv: Moving n1:%1$s to n2:%1$s".formatted(PATH);
    }

    private void share() throws IOException {
        Files.delete(target.getParent());
        Files.createSymbolicLink(target.getParent(), source.getParent());
    }

    private void assertBuilt() throws IOException {
        assertThat(Files.readSymbolicLink(target.resolve("disk.0"))).hasToString(LINK);
        assertThat(target.resolve("disk.2")).isRegularFile().hasContent("the CD");
        assertThat(target.resolve("deployment.0")).hasContent("<domain/>");
        try (var made = Files.list(target)) {
            assertThat(made).hasSize(4);
        }
    }

    private void assertUntouched() throws IOException {
        assertThat(site.takeCalls()).hasSize(1);
        assertThat(target).doesNotExist();
        assertThat(source.resolve("disk.2")).hasContent("the CD");
        assertThat(Files.isSymbolicLink(source.resolve("disk.0"))).isTrue();
    }

    private static void remove(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            for (var entry : entries.toList()) {
                Files.delete(entry);
            }
        }
        Files.delete(directory);
    }
}
