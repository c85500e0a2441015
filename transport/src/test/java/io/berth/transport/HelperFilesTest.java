package io.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.host.CommandResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HelperFilesTest {
    @TempDir
    Path folder;

    private LocalHost host;

    @BeforeEach
    void open() {
        host = new LocalHost(folder.resolve("state"));
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void whichFoldersAreThereIsToldOfTheFolderAsItWasFound() throws Exception {
        Files.createDirectory(folder.resolve("one"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("one"));

        assertThat(helper("", "directory-there", folder.toString(), "one", "two", "one")
                        .output())
                .isEqualTo("there\nabsent\nthere\n");
        assertThat(helper("", "directory-there", folder.toString(), "link").errorOutput())
                .startsWith("not-a-folder: ");
        assertThat(helper("", "directory-there", folder.resolve("two").toString(), "one"))
                .satisfies(answer -> {
                    assertThat(answer.output()).isEmpty();
                    assertThat(answer.errorOutput()).startsWith("absent: ");
                });
    }

    @Test
    void ofManyThatCreateTheSameFileExactlyOneWins() throws Exception {
        var path = folder.resolve("transition");
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<CommandResult>>();
            for (var i = 0; i < 20; i++) {
                var content = "writer " + i;
                answers.add(tasks.submit(() -> helper(content, "create-once", path.toString())));
            }
            var winners = new ArrayList<Integer>();
            for (var i = 0; i < 20; i++) {
                var answer = answers.get(i).get();
                if (answer.succeeded()) {
                    winners.add(i);
                } else {
                    assertThat(answer.exitCode()).isEqualTo(HelperCommand.OCCUPIED);
                    assertThat(answer.errorOutput()).startsWith("exists: ");
                }
            }
            assertThat(winners).hasSize(1);
            assertThat(path).hasContent("writer " + winners.getFirst());
        }
        assertThat(folder.toFile().list()).containsExactly("transition");
    }

    @Test
    void replacingIsPrivateAndLeavesNothingBeside() throws Exception {
        var path = folder.resolve("note");
        assertThat(helper("first", "replace", path.toString()).succeeded()).isTrue();
        assertThat(helper("second", "replace", path.toString()).succeeded()).isTrue();
        assertThat(helper("", "read", path.toString()).output()).isEqualTo("second");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(folder.toFile().list()).containsExactly("note");
    }

    @Test
    void removingWhatIsGoneIsFine() {
        var path = folder.resolve("note");
        helper("text", "replace", path.toString());
        assertThat(helper("", "remove", path.toString()).succeeded()).isTrue();
        assertThat(helper("", "remove", path.toString()).succeeded()).isTrue();
        assertThat(helper("", "remove", "/no/such/folder/file").succeeded()).isTrue();
        var read = helper("", "read", path.toString());
        assertThat(read.exitCode()).isEqualTo(HelperCommand.ABSENT);
        assertThat(read.errorOutput()).startsWith("absent: ");
    }

    @Test
    void severalAreRemovedOneAfterTheOtherUpToWhatIsNoFile() throws Exception {
        var first = Files.writeString(folder.resolve("first"), "");
        var second = Files.createDirectory(folder.resolve("second"));
        var third = Files.writeString(folder.resolve("third"), "");

        var removed = helper("", "remove", first.toString(), second.toString(), third.toString());

        assertThat(removed.succeeded()).isFalse();
        assertThat(removed.errorOutput()).contains(second.toString());
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("second", "third");
        assertThat(helper("", "remove", first.toString(), third.toString()).succeeded())
                .isTrue();
        assertThat(folder.toFile().list()).containsExactly("second");
    }

    @Test
    void aFolderWithoutRoomSaysFullAndLeavesNothing() throws Exception {
        var small = Files.createDirectory(folder.resolve("small"));
        Programs.run("mount", "-t", "tmpfs", "-o", "size=64k", "none", small.toString());
        try {
            var answer = helper(
                    "x".repeat(1_000_000), "create-once", small.resolve("file").toString());
            assertThat(answer.exitCode()).isEqualTo(HelperCommand.FULL);
            assertThat(answer.errorOutput()).startsWith("full: ");
            assertThat(small).isEmptyDirectory();
            Programs.run("mount", "-o", "remount,ro", small.toString());
            var readOnly = helper("x", "create-once", small.resolve("file").toString());
            assertThat(readOnly.exitCode()).isEqualTo(HelperCommand.READ_ONLY);
        } finally {
            Programs.run("umount", small.toString());
        }
    }

    @Test
    void gatheringFindsSmallRegularFilesBySuffixOnly() throws Exception {
        Files.writeString(folder.resolve("a.note"), "one\ntwo");
        Files.writeString(folder.resolve("b.mark"), "");
        Files.writeString(folder.resolve("c.other"), "not asked for");
        Files.writeString(folder.resolve("large.note"), "x".repeat(64 * 1024 + 1));
        Files.createDirectory(folder.resolve("folder.note"));
        Files.createSymbolicLink(folder.resolve("link.note"), Path.of("/etc/passwd"));
        Programs.run("mkfifo", folder.resolve("fifo.note").toString());
        var output = helper("", "gather", folder.toString(), ".note", ".mark").output();
        assertThat(output).contains("a.note 7\none\ntwo\n").contains("b.mark 0\n\n");
        assertThat(output).hasSize("a.note 7\none\ntwo\n".length() + "b.mark 0\n\n".length());
        var absent = helper("", "gather", folder.resolve("none").toString(), ".note");
        assertThat(absent.exitCode()).isEqualTo(HelperCommand.ABSENT);
    }

    @Test
    void aVolumeIsSparsePrivateAndMadeOnce() throws Exception {
        var path = folder.resolve("volume").toString();
        assertThat(helper("", "make-volume", path, "10000000").succeeded()).isTrue();
        assertThat(helper("", "make-volume", path, "10000000").succeeded()).isTrue();
        var larger = helper("", "make-volume", path, "10000001");
        assertThat(larger.exitCode()).isEqualTo(HelperCommand.OCCUPIED);
        assertThat(larger.errorOutput()).startsWith("too-small: ");
        assertThat(helper("", "list", folder.toString()).output()).contains("volume 10000000 0\n");
        assertThat(helper("", "grow-volume", path, "20000000").succeeded()).isTrue();
        assertThat(helper("", "grow-volume", path, "5").succeeded()).isTrue();
        assertThat(folder.resolve("volume")).hasSize(20_000_000);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("volume"))))
                .isEqualTo("rw-------");
        for (var bad : new String[] {"-1", "", "1e6", "99999999999999999999", "10M"}) {
            assertThat(helper("", "make-volume", path, bad).exitCode()).isEqualTo(2);
        }
    }

    @Test
    void aVolumeInALinksPlaceIsNotMade() throws Exception {
        Files.createSymbolicLink(folder.resolve("volume"), folder.resolve("elsewhere"));
        var answer = helper("", "make-volume", folder.resolve("volume").toString(), "4096");
        assertThat(answer.exitCode()).isEqualTo(HelperCommand.OCCUPIED);
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void roomIsTotalAndAvailable() {
        var words = helper("", "room", folder.toString()).output().strip().split(" ", -1);
        assertThat(Long.parseLong(words[0])).isGreaterThanOrEqualTo(Long.parseLong(words[1]));
    }

    @Test
    void foldersAreMadeWithTheirParents() {
        var path = folder.resolve("a/b/c");
        assertThat(helper("", "make-folder", path.toString()).succeeded()).isTrue();
        assertThat(helper("", "make-folder", path.toString()).succeeded()).isTrue();
        assertThat(path).isDirectory();
    }

    @Test
    void aNewlineInAPathStaysInOneLineOfTheMessage() {
        var answer = helper("", "read", folder.resolve("no\nfull: such").toString());
        assertThat(answer.errorOutput()).hasLineCount(1).startsWith("absent: ");
    }

    private CommandResult helper(String input, String... arguments) {
        return host.run(HelperCommand.reading(arguments).withStdin(input.getBytes(StandardCharsets.UTF_8)));
    }
}
