package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.engine.configuration.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people and accidents give to the command, from its arguments to the host and back. */
@Timeout(120)
class BadInputTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no such vm",
                "it's \"quoted\"",
                "$(touch canary)",
                "`touch canary`; touch canary",
                "../../etc/passwd",
                "line\nbreak\u001b[31m",
                "'"
            })
    void aVmThatNobodyKnowsIsToldOnOneLineWhateverItsName(String name) throws Exception {
        var host = StandInHost.in(folder, "trainee");

        for (var words : List.of(
                new String[] {"vm", "show", "--", name},
                new String[] {"vm", "suspend", "--", name},
                new String[] {"vm", "resume", "--", name},
                new String[] {"checkpoint", "verify", "--", name},
                new String[] {"domain", "explain", "--", name})) {
            var answer = host.berth(words);

            assertThat(answer.code()).as(String.join(" ", words)).isEqualTo(2);
            assertThat(answer.errors()).contains(".unknown", "  -> see 'berth").doesNotContain("\u001b", "line\nbreak");
            assertThat(answer.output()).isEmpty();
        }
        assertThat(host.stored()).isEmpty();
        assertThat(Path.of("canary")).doesNotExist();
        assertThat(folder.resolve("canary")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's \"a\" $(touch canary)", "`touch canary`; <&> |", "../../up", "two  blanks", "-n"})
    void aVmOfAnyNameIsListedPlannedAndSavedAndUndone(String name) throws Exception {
        var host = StandInHost.in(folder, name);

        assertThat(host.berth("vm", "list").output()).contains(name);
        assertThat(host.berth("vm", "suspend", "--dry-run", "--", name).code()).isZero();
        var answer = host.berth("vm", "suspend", "--", name);

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.errors()).contains("not done, and undone", "volume.attach-failed", "  -> ");
        assertThat(host.stored()).isEmpty();
        assertThat(Path.of("canary")).doesNotExist();
    }

    /** What the host's virsh says of the one guest is changed on its way; the last column is what must be told. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a host's device | s,</devices>,<hostdev mode='subsystem' type='pci'/>&, | 4 | vm.host-device",
                "a folder shared with its host | s,</devices>,<filesystem><driver type='virtiofs'/></filesystem>&, | 4"
                        + " | vm.shared-folder",
                "a copy of its disk under way | s,</disk>,<mirror job='copy'/>&, | 4 | vm.block-job",
                "it is shut off | s,state.state=1,state.state=5, | 2 | vm.not-running",
                "it has crashed | s,state.state=1,state.state=6, | 4 | vm.unfit",
                "memory that makes no sense | s,131072,many, | 1 | vm.bad-definition",
                "no definition but noise | s,<domain,<<<domain, | 5 | xml.malformed",
                "another guest's name | s/trainee/somebody/ | 2 | vm.unknown",
            })
    void aGuestThatCanNotBeSavedIsRefusedUntouched(String what, String change, int exitCode, String code)
            throws Exception {
        var host = StandInHost.in(folder, "trainee");
        host.changesVirshsAnswers(change);

        for (var words : List.of(
                new String[] {"vm", "suspend", "--dry-run", "trainee"}, new String[] {"vm", "suspend", "trainee"})) {
            var answer = host.berth(words);

            assertThat(answer.code()).as(what + answer).isEqualTo(exitCode);
            assertThat(answer.errors()).as(what).contains(code, "  -> ");
        }
        assertThat(host.asked()).as(what).doesNotContain("suspend ", "destroy ", "undefine ", "save ");
        host.assertNothingLeft();
    }

    @Test
    void aVmThatIsDefinedNoMoreIsUnknownToTheNextCommand() throws Exception {
        var host = StandInHost.in(folder, "trainee");
        assertThat(host.berth("vm", "suspend", "--dry-run", "trainee").code()).isZero();
        host.program("virsh", "case \"$*\" in *list*|*domstats*) echo ;; *) exit 1 ;; esac");

        var answer = host.berth("vm", "suspend", "trainee");

        assertThat(answer.code()).as(answer.toString()).isNotZero();
        assertThat(answer.errors()).contains("  -> ");
        host.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../fast", "$(touch canary)", "a b", "fast\nfast"})
    void aHostileDatastoreOrHostNameIsACallersError(String name) throws Exception {
        var host = StandInHost.in(folder, "trainee");

        var datastore = host.berth("vm", "suspend", "--datastore=" + name, "trainee");
        assertThat(datastore.code()).isEqualTo(2);
        assertThat(datastore.errors()).contains("  -> ").doesNotContain("fast\nfast");

        var elsewhere = host.berth("vm", "suspend", "--host=" + name, "trainee");
        assertThat(elsewhere.code()).isEqualTo(2);
        assertThat(elsewhere.errors()).contains("  -> ");

        assertThat(host.berth("host", "add", "h2", "--address=" + name).code()).isEqualTo(2);
        assertThat(host.stored()).isEmpty();
        assertThat(Path.of("canary")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative", "\"/srv\\n/x\"", "/srv/../etc", "\"\""})
    void aFolderThatIsNoPlainPathIsRefusedBeforeAnythingIsAskedOfAHost(String path) throws Exception {
        var host = StandInHost.in(folder, "trainee");
        host.configure("folder: " + path);
        host.refuses("nobody may ask");

        var answer = host.berth("checkpoint", "list");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.errors()).contains("  -> ").doesNotContain("nobody may ask");
    }

    @Test
    void aFolderWithBlanksQuotesAndShellWordsIsUsedAsItIs() throws Exception {
        var host = StandInHost.in(folder, "trainee");
        var odd = Files.createDirectory(folder.resolve("a b \"c\" $(touch canary) `touch canary`;"));
        host.configure("folder: '" + odd + "'");

        assertThat(host.berth("checkpoint", "list").code()).isZero();
        assertThat(host.berth("vm", "suspend", "trainee").errors()).contains("not done, and undone");

        assertThat(odd).isEmptyDirectory();
        assertThat(Path.of("canary")).doesNotExist();
    }

    @Test
    void aRefusedKeyIsToldWithTheHostAndWhatToDo() throws Exception {
        var host = StandInHost.in(folder, "trainee");
        host.refuses("one.invalid: Permission denied (publickey).");

        var list = host.berth("vm", "list");
        assertThat(list.code()).isEqualTo(5);
        assertThat(list.errors()).contains("h1", "'berth host check h1'");

        var check = host.berth("host", "check", "h1");
        assertThat(check.code()).isEqualTo(5);
        assertThat(check.errors()).contains("host.ssh-refused", "-> ");

        var suspend = host.berth("vm", "suspend", "trainee");
        assertThat(suspend.code()).isNotZero();
        assertThat(suspend.errors()).contains("silent: [h1]");
    }

    @Test
    void aHostThatVanishesInTheMiddleIsLeftToRecoverAndPutRightByIt() throws Exception {
        var host = StandInHost.in(folder, "trainee");
        // The attach takes its helper's whole connection along, and no new one can be made.
        host.program("losetup", "[ \"$1\" = --list ] || { echo 'echo gone >&2; exit 255' > \"$0\"; kill -9 $PPID; }");

        var suspend = host.berth("vm", "suspend", "trainee");
        assertThat(suspend.code()).isIn(1, 3);
        assertThat(suspend.errors()).contains("  -> ");

        host.program("losetup", "[ \"$1\" = --list ]");
        assertThat(host.berth("recover").code()).isZero();
        assertThat(host.stored()).isEmpty();
        assertThat(host.berth("operation", "list", "-f", "STAT=actv").output()).doesNotContain("trainee");
    }

    @Test
    void aDamagedJournalIsRefusedAndLeftAsItIs() throws Exception {
        var host = StandInHost.in(folder, "trainee");
        for (var name : List.of("journal.db-wal", "journal.db-shm")) {
            Files.deleteIfExists(host.home.resolve(name));
        }
        var damaged = "this was a journal once, before the disk had its way with it\n".repeat(100);
        Files.writeString(host.home.resolve("journal.db"), damaged);

        var answer = host.berth("vm", "suspend", "trainee");

        assertThat(answer.code()).isEqualTo(5);
        assertThat(answer.errors()).contains("journal.corrupt", "  -> ");
        assertThat(host.home.resolve("journal.db")).hasContent(damaged);
        assertThat(host.stored()).isEmpty();
    }

    @Test
    void aFullDiskUnderTheLogCostsNothingButTheLog() throws Exception {
        var host = StandInHost.in(folder, "trainee");
        var log = Files.createDirectories(Home.in(host.home).log());
        Files.createSymbolicLink(log.resolve("berth.log"), Path.of("/dev/full"));

        var answer = host.berth("vm", "suspend", "trainee");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.errors()).contains("not done, and undone", "volume.attach-failed", "  -> ");
        assertThat(host.stored()).isEmpty();
    }

    @Test
    void ofTwoCommandsOnOneVmTheSecondIsToldThatItIsBusy() throws Exception {
        var host = StandInHost.in(folder, "trainee");
        // Says on one pipe that it was reached, and waits on another.
        host.program("losetup", """
                cd "${0%%/*}"
                [ "$1" = --list ] && exit 0
                echo reached > reached
                read -r line < goOn
                exit 1
                """.replace("%%", "%"));
        host.program("prepare", "mkfifo \"${0%/*}/reached\" \"${0%/*}/goOn\"");
        var programs = folder.resolve("programs");
        assertThat(new ProcessBuilder(programs.resolve("prepare").toString())
                        .start()
                        .waitFor())
                .isZero();

        var first = CompletableFuture.supplyAsync(() -> host.berth("vm", "suspend", "trainee"));
        assertThat(Files.readString(programs.resolve("reached"))).isEqualTo("reached\n");
        var second = host.berth("vm", "suspend", "trainee");
        Files.writeString(programs.resolve("goOn"), "go\n");

        assertThat(second.code()).isEqualTo(4);
        assertThat(second.errors()).contains("vm.", "  -> ");
        assertThat(first.get(60, TimeUnit.SECONDS).code()).isEqualTo(1);
        assertThat(host.stored()).isEmpty();
    }
}
