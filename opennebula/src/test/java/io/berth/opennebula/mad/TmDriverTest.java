package io.berth.opennebula.mad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.opennebula.shared.Datastores;
import io.berth.opennebula.standin.StandInOned;
import io.berth.opennebula.standin.StubSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the transfer manager goes about its files, and what it makes of bad ones. */
@Timeout(120)
class TmDriverTest {
    /** For what takes an instant on a quiet machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String USUAL = "-t 15 -d shared,ceph,nodriver";

    @TempDir
    Path folder;

    private StubSite site;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(folder);
    }

    /** Whatever a test left waiting may end. */
    @AfterEach
    void openTheGate() throws IOException {
        Files.writeString(gate(), "");
    }

    @Test
    void theCommandsOfAFileRunOneAfterTheOtherUpToTheFirstThatFails() throws IOException {
        site.behave("delete", 3, "", "ERROR: delete: busy\nsomething else\n");
        try (var oned = start(USUAL)) {
            var lines = oned.ask(site.transfer(
                    5,
                    "MV shared %1$s %1$s 5 1\nDELETE shared %1$s 5 1\nMV shared %1$s %1$s 5 1".formatted("n1:/d/1/5")));

            assertThat(lines)
                    .containsExactly(
                            "LOG I 5 Command execution failed (exit code: 3): " + site.front()
                                    + "/remotes/tm/shared/delete n1:/d/1/5 5 1",
                            "LOG E 5 delete: busy",
                            "LOG I 5 something else",
                            "LOG E -1 delete: busy",
                            "TRANSFER FAILURE 5 something else");
        }
        assertThat(site.takeCalls().stream()
                        .map(call -> Path.of(call.program()).getFileName().toString()))
                .containsExactly("mv", "delete");
    }

    @Test
    void theFormOfAVerbForASystemDatastoreIsTheDriversOwnScriptOrElseThePlainOne() throws IOException {
        try (var oned = start(USUAL)) {
            oned.ask(site.transfer(5, """
                    CLONE.ssh ceph fe:one/one-1 n1:/d/1/5/disk.0 5 1
                    DELETE.ssh shared n1:/d/1/5/disk.0 5 1
                    """));
        }
        assertThat(site.takeCalls().stream().map(StubSite.Call::program))
                .containsExactly("/var/lib/one/remotes/tm/ceph/clone.ssh", "/var/lib/one/remotes/tm/shared/delete");
    }

    @ParameterizedTest
    @CsvSource({
        "MV qcow2 n1:/d/1/5 n1:/d/1/5, Transfer Driver 'qcow2' not available",
        "MV, Transfer Driver '' not available",
        "MV ../shared n1:/d/1/5 n1:/d/1/5, Transfer Driver '../shared' not available",
        "JUMP shared, Driver path 'REMOTES/shared/jump' does not exists",
        "JUMP nodriver, Driver path 'REMOTES/nodriver/jump' does not exists",
        "CLONE.x nodriver, Driver path 'REMOTES/nodriver/clone.x' nor 'REMOTES/nodriver/clone' exists",
        "../SHARED/MV shared, Driver path 'REMOTES/shared/../shared/mv' nor 'REMOTES/shared/.' exists",
    })
    void aScriptThatCannotBeFoundIsToldInTheStockDriversWords(String command, String info) throws IOException {
        try (var oned = start(USUAL)) {
            assertThat(oned.ask(site.transfer(5, command)))
                    .containsExactly("TRANSFER FAILURE 5 " + info.replace("REMOTES", site.front() + "/remotes/tm"));
        }
        assertThat(site.takeCalls()).isEmpty();
    }

    @Test
    void withoutAListEveryDriverThatIsThereIsAvailable() throws IOException {
        try (var oned = start("-t 15")) {
            assertThat(oned.ask(site.transfer(5, "MV qcow2 n1:/d/1/5 n1:/d/1/5 5 1")))
                    .containsExactly("TRANSFER SUCCESS 5 -");
            assertThat(oned.ask(site.transfer(5, "MV zfs n1:/d/1/5 n1:/d/1/5 5 1")))
                    .containsExactly("TRANSFER FAILURE 5 Transfer Driver 'zfs' not available");
        }
    }

    @Test
    void aMissingFileIsToldInTheStockDriversWordsAndAnUnreadableOneIsToldToo() throws IOException {
        try (var oned = start(USUAL)) {
            assertThat(oned.ask("TRANSFER  5 /no/such.prolog"))
                    .containsExactly("TRANSFER FAILURE 5 Transfer file '/no/such.prolog' does not exist");
            assertThat(oned.ask("TRANSFER  6 " + folder).getLast())
                    .startsWith("TRANSFER FAILURE 6 Transfer file '" + folder + "' can't be read: ");
            assertThat(oned.ask("TRANSFER  7").getLast()).startsWith("TRANSFER FAILURE 7 ");
            assertThat(oned.ask("TRANSFER 8 a b").getLast()).startsWith("TRANSFER FAILURE 8 ");
        }
    }

    @Test
    void nothingOfAFileIsDoneWhenAPartOfItLeadsOutOfTheVmsDirectory() throws IOException {
        try (var oned = start(USUAL)) {
            assertThat(oned.ask(site.transfer(5, "MV shared n1:/d/1/5 n2:/d/1/5 5 1\nDELETE shared n1:/etc 5 1\n")))
                    .containsExactly("TRANSFER FAILURE 5 Cannot perform DELETE: 'n1:/etc' is no path in the directory"
                            + " of VM 5 on a datastore");
        }
        assertThat(site.takeCalls()).isEmpty();
    }

    /** Words that a shell would take apart, in the places that aren't the VM's own. */
    @ParameterizedTest
    @ValueSource(strings = {"fe:/i/$(touch${IFS}x)", "fe:/i/a;b", "fe:/i/'\"", "-rf", "*", "fe:/i/a\\b", "&&", "~"})
    void hostileNamesReachTheScriptAsTheyAre(String name) throws IOException {
        try (var oned = start(USUAL)) {
            assertThat(oned.ask(site.transfer(5, "LN shared " + name + " n1:/d/1/5/disk.1 5 1")))
                    .containsExactly("TRANSFER SUCCESS 5 -");
        }
        assertThat(site.takeCalls().getFirst().arguments()).containsExactly(name, "n1:/d/1/5/disk.1", "5", "1");
    }

    @Test
    void asManyFilesGoOnAtOnceAsTheOptionSays() throws IOException {
        waitAtTheGate("mv");
        try (var oned = start("-t 3 -d shared")) {
            for (var vm = 1; vm <= 5; vm++) {
                oned.say(move(vm));
            }
            awaitCalls("mv", 3);
            oned.ask("TRANSFER  9 /no/such.file");
            assertThat(site.countCalls("mv")).isEqualTo(3);
            openTheGate();

            assertThat(IntStream.range(0, 5).mapToObj(_ -> reply(oned)).toList())
                    .containsExactlyInAnyOrder(
                            "TRANSFER SUCCESS 1 -",
                            "TRANSFER SUCCESS 2 -",
                            "TRANSFER SUCCESS 3 -",
                            "TRANSFER SUCCESS 4 -",
                            "TRANSFER SUCCESS 5 -");
        }
    }

    /** What one host has to do is no reason to wait, as in stock. */
    @Test
    void filesOfDifferentVmsForOneHostGoOnAtOnce() throws IOException {
        waitAtTheGate("mv");
        try (var oned = start(USUAL)) {
            oned.say(move(1));
            oned.say(move(2));

            awaitCalls("mv", 2);
        }
    }

    @Test
    void whatTheCoreTakesBackIsEndedAndTheRestOfTheFileIsNeverBegun() throws Exception {
        site.behave(
                "mv", "echo $$ >" + folder + "/pid.new; mv " + folder + "/pid.new " + folder + "/pid; exec sleep 600");
        try (var oned = start(USUAL)) {
            oned.say(site.transfer(5, "MV shared n1:/d/1/5 n2:/d/1/5 5 1\nDELETE shared n1:/d/1/5 5 1\n"));
            await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("pid")));
            oned.say("DRIVER_CANCEL  5 ");

            assertThat(oned.hear()).isEqualTo("LOG I 5 Driver command for 5 cancelled");
            var pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ProcessHandle.of(pid)).isEmpty());
            oned.say("FINALIZE");
            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);
            assertThat(oned.isQuiet()).isTrue();
        }
        assertThat(site.countCalls("delete")).isZero();
    }

    /** What is done with a VM's files after a cancelled transfer doesn't meet what is left of that. */
    @Test
    void ofTwoFilesForOneVmTheSecondWaitsForTheFirst() throws IOException {
        waitAtTheGate("mv");
        try (var oned = start(USUAL)) {
            oned.say(move(5));
            awaitCalls("mv", 1);
            oned.say(site.transfer(5, "DELETE shared n1:/d/1/5 5 1\n"));
            oned.ask("TRANSFER  9 /no/such.file");
            assertThat(site.countCalls("delete")).isZero();
            openTheGate();

            assertThat(reply(oned)).isEqualTo("TRANSFER SUCCESS 5 -");
            oned.say("FINALIZE");
            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);
            assertThat(oned.isQuiet()).as("one answer").isTrue();
        }
        assertThat(site.takeCalls().stream()
                        .map(call -> Path.of(call.program()).getFileName().toString()))
                .containsExactly("mv", "delete");
    }

    @Test
    void aFileThatTheCoreNamesAgainWhileItIsWorkedOnIsDoneOnceAndAnsweredOnce() throws IOException {
        waitAtTheGate("mv");
        try (var oned = start(USUAL)) {
            var request = move(5);
            oned.say(request);
            awaitCalls("mv", 1);
            oned.say(request);
            oned.ask("TRANSFER  9 /no/such.file");
            openTheGate();

            assertThat(reply(oned)).isEqualTo("TRANSFER SUCCESS 5 -");
            oned.say("FINALIZE");
            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);
            assertThat(oned.isQuiet()).isTrue();
        }
        assertThat(site.countCalls("mv")).isEqualTo(1);
    }

    /** The core writes the file anew for each request. */
    @Test
    void theFileIsAsItWasWhenTheCoreNamedIt() throws IOException {
        waitAtTheGate("mv");
        try (var oned = start("-t 1 -d shared")) {
            oned.say(move(4));
            awaitCalls("mv", 1);
            oned.say(move(5));
            oned.ask("TRANSFER  9 /no/such.file");
            site.transfer(5, "DELETE shared n1:/d/1/5 5 1\n");
            openTheGate();

            assertThat(List.of(reply(oned), reply(oned))).contains("TRANSFER SUCCESS 5 -");
        }
        assertThat(site.countCalls("delete")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAVE  5 PFZN", "TRANSFER", "TRANSFER five x", "<xml/>"})
    void aLineThatIsNoTransferIsPassedOverWithAWarning(String line) throws IOException {
        try (var oned = start(USUAL)) {
            oned.say(line);

            assertThat(oned.hear()).startsWith("LOG W ").contains("Ignored: ");
            assertThat(oned.ask(move(6))).containsExactly("TRANSFER SUCCESS 6 -");
        }
    }

    @Test
    void whereDirectoriesAreSharedNothingMovesAndNoScriptIsAsked() throws IOException {
        try (var oned = new StandInOned(site.transferSettings(shared(), USUAL))) {
            assertThat(oned.ask(site.transfer(5, """
                            MV ceph n1:/d/1/5/disk.0 n2:/d/1/5/disk.0 5 2
                            MV ceph n1:/d//1/5 n2:/d/1/5/ 5 1
                            """))).containsExactly("TRANSFER SUCCESS 5 -");
        }
        assertThat(site.takeCalls()).isEmpty();
    }

    @Test
    void whereDirectoriesAreSharedOneIsRemovedOnItsHostWithTheLineOfTheDriversScript() throws IOException {
        var directory = directory();
        try (var oned = new StandInOned(site.transferSettings(shared(), USUAL))) {
            assertThat(oned.ask(site.transfer(5, "DELETE shared n1:" + directory + " 5 1")))
                    .containsExactly("LOG I -1 delete: Deleting " + directory, "TRANSFER SUCCESS 5 -");
        }
        assertThat(directory).doesNotExist();
        assertThat(directory.resolveSibling("6")).isDirectory();
        assertThat(site.takeCalls()).isEmpty();
    }

    /** It isn't told so, and its script looks for itself. */
    @Test
    void whatCannotBeRemovedIsTriedAgainByTheDriversScript() throws IOException {
        Files.writeString(folder.resolve("no-host"), "");
        var directory = directory();
        try (var oned = new StandInOned(site.transferSettings(shared(), USUAL))) {
            assertThat(oned.ask(site.transfer(5, "DELETE shared n1:" + directory + " 5 1"))
                            .getLast())
                    .isEqualTo("TRANSFER SUCCESS 5 -");
        }
        assertThat(directory).isDirectory();
        assertThat(site.takeCalls())
                .singleElement()
                .satisfies(call -> assertThat(call.arguments()).containsExactly("n1:" + directory, "5", "1"));
    }

    private Path directory() throws IOException {
        var directories = folder.resolve("datastores/1");
        Files.createDirectories(directories.resolve("6"));
        Files.createDirectories(directories.resolve("5/disk.0.snap"));
        Files.writeString(directories.resolve("5/disk.0.snap/0"), "x");
        return directories.resolve("5");
    }

    /** What the core would say, of datastore 1 alone. */
    private static Datastores shared() {
        return id -> id == 1 ? Optional.of(Map.of("DS_SHARED", "YES")) : Optional.empty();
    }

    private StandInOned start(String arguments) throws IOException {
        return new StandInOned(site.transferSettings(arguments));
    }

    private String move(int vm) throws IOException {
        return site.transfer(vm, "MV shared n1:/d/1/%1$d n2:/d/1/%1$d %1$d 1\n".formatted(vm));
    }

    private static String reply(StandInOned oned) {
        return oned.hearUntil(it -> !it.startsWith("LOG ")).getLast();
    }

    private Path gate() {
        return folder.resolve("gate");
    }

    /** Or the test is over, and its folder gone: a script that nobody waits for any more mustn't stay for ever. */
    private void waitAtTheGate(String script) throws IOException {
        site.behave(script, "while [ -d " + folder + " ] && [ ! -e " + gate() + " ]; do sleep 0.05; done");
    }

    private void awaitCalls(String script, int count) {
        await().atMost(PATIENCE).until(() -> site.countCalls(script) >= count);
    }
}
