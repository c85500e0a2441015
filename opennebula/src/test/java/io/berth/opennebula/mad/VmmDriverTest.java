package io.berth.opennebula.mad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.opennebula.standin.Payload;
import io.berth.opennebula.standin.Requests;
import io.berth.opennebula.standin.StandInOned;
import io.berth.opennebula.standin.StubSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the driver behaves as a process: who waits for whom, what ends what, what nonsense does to it. */
@Timeout(120)
class VmmDriverTest {
    /** For what takes an instant on a quiet machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String PARALLEL = "-t 15 -r 0 kvm -p";

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
    void aDriverWithoutWorkEndsWhenTheCoreIsDoneWithIt() throws IOException {
        try (var oned = start(PARALLEL)) {
            oned.say("FINALIZE");

            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);
        }
    }

    @Test
    void whatIsUnderWayIsFinishedAndAnsweredBeforeTheEndThoughTheCoreHasClosedItsPipe() throws IOException {
        waitAtTheGate("save");
        try (var oned = start(PARALLEL)) {
            oned.say(save(5, "node1"));
            awaitCalls("save", 1);
            oned.say("FINALIZE");
            oned.say(save(6, "node1"));
            oned.die();
            assertThat(oned.hasExited()).isFalse();
            openTheGate();

            assertThat(oned.hearUntil(it -> it.startsWith("SAVE")).getLast()).isEqualTo("SAVE SUCCESS 5 -");
            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);
        }
        assertThat(calls("save")).as("nothing new was begun").isEqualTo(1);
    }

    @Test
    void aCoreThatIsGoneEndsTheDriverAtOnce() throws IOException {
        waitAtTheGate("save");
        try (var oned = start(PARALLEL)) {
            oned.say(save(5, "node1"));
            awaitCalls("save", 1);
            oned.die();

            assertThat(oned.end()).isEqualTo(Driver.End.ABANDONED);
        }
    }

    @Test
    void withoutTheParallelOptionOneActionGoesOnAtEachHost() throws IOException {
        waitAtTheGate("save");
        try (var oned = start("-t 15 -r 0 kvm")) {
            oned.say(save(1, "node1"));
            oned.say(save(2, "node1"));
            oned.say(save(3, "node2"));
            awaitCalls("save", 2);
            openTheGate();
            var replies = List.of(reply(oned), reply(oned), reply(oned));

            assertThat(replies)
                    .containsExactlyInAnyOrder("SAVE SUCCESS 1 -", "SAVE SUCCESS 2 -", "SAVE SUCCESS 3 -")
                    .containsSubsequence("SAVE SUCCESS 1 -", "SAVE SUCCESS 2 -");
        }
        assertThat(site.takeCalls().stream()
                        .filter(it -> it.program().endsWith("/save"))
                        .limit(2)
                        .map(StubSite.Call::where))
                .as("the second for node1 had to wait")
                .containsExactlyInAnyOrder("node1", "node2");
    }

    @Test
    void noMoreActionsGoOnThanTheOptionSays() throws IOException {
        waitAtTheGate("save");
        try (var oned = start("-t 2 -r 0 kvm -p")) {
            for (var vm = 1; vm <= 4; vm++) {
                oned.say(save(vm, "node" + vm));
            }
            awaitCalls("save", 2);
            // A request that is refused needs no room, and shows that the lines before it were read.
            oned.ask("SAVE  9 nonsense");
            assertThat(calls("save")).isEqualTo(2);
            openTheGate();

            assertThat(List.of(reply(oned), reply(oned), reply(oned), reply(oned)))
                    .allMatch(it -> it.startsWith("SAVE SUCCESS"));
        }
    }

    @Test
    void aCancelledActionReallyEndsOnItsHostAndGetsNoReply() throws Exception {
        site.behave("save", "echo $$ >" + folder + "/pid; exec sleep 600");
        try (var oned = start(PARALLEL)) {
            oned.say(save(5, "node1"));
            await().atMost(PATIENCE)
                    .until(() -> Files.exists(folder.resolve("pid")) && Files.size(folder.resolve("pid")) > 0);
            oned.say("DRIVER_CANCEL  5 ");

            assertThat(oned.hear()).isEqualTo("LOG I 5 Driver command for 5 cancelled");
            var pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ProcessHandle.of(pid)).isEmpty());
            oned.say("FINALIZE");
            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);
            assertThat(oned.isQuiet()).isTrue();
        }
        assertThat(calls("clean")).as("no further step").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"premigrate", "pre", "migrate", "clean", "post", "postmigrate"})
    void whatTheCoreTakesBackAtAnyStepEndsThereWithoutAnAnswer(String step) throws IOException {
        site.behave(step, "echo $$ >" + folder + "/pid; exec sleep 600");
        var command = "<TM_COMMAND>MIGRATE shared node1 node2 /d/100/5 5 100</TM_COMMAND>";
        try (var oned = start(PARALLEL)) {
            oned.say(Requests.line(
                    "MIGRATE",
                    5,
                    Requests.message(5, "node1", command, "<NIC><VN_MAD>bridge</VN_MAD></NIC>")
                            .replace("<MIGR_HOST></MIGR_HOST>", "<MIGR_HOST>node2</MIGR_HOST>")));
            await().atMost(PATIENCE)
                    .until(() -> Files.exists(folder.resolve("pid")) && Files.size(folder.resolve("pid")) > 0);
            oned.say("DRIVER_CANCEL  5 ");
            var lines = oned.hearUntil(line -> line.equals("LOG I 5 Driver command for 5 cancelled"));
            var pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ProcessHandle.of(pid)).isEmpty());
            oned.say("FINALIZE");

            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);
            assertThat(oned.isQuiet()).isTrue();
            assertThat(lines).noneMatch(line -> line.startsWith("MIGRATE "));
        }
        assertThat(site.takeCalls().getLast().program()).as("no further step").endsWith("/" + step);
    }

    @Test
    void aWaitingActionThatIsCancelledIsNeverBegun() throws IOException {
        waitAtTheGate("save");
        try (var oned = start("-t 1 -r 0 kvm")) {
            oned.say(save(5, "node1"));
            awaitCalls("save", 1);
            oned.say(save(6, "node1"));
            oned.say("DRIVER_CANCEL 6");
            assertThat(oned.hear()).isEqualTo("LOG I 6 Driver command for 6 cancelled");
            openTheGate();
            assertThat(reply(oned)).isEqualTo("SAVE SUCCESS 5 -");
            oned.say("FINALIZE");

            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);
            assertThat(oned.isQuiet()).isTrue();
        }
        assertThat(calls("save")).isEqualTo(1);
    }

    @Test
    void aRequestThatTheCoreRepeatsWhileItIsWorkedOnIsDoneOnceAndAnsweredOnce() throws IOException {
        waitAtTheGate("save");
        try (var oned = start(PARALLEL)) {
            oned.say(save(5, "node1"));
            awaitCalls("save", 1);
            oned.say(save(5, "node1"));
            oned.ask("SAVE  9 nonsense");
            openTheGate();
            assertThat(reply(oned)).isEqualTo("SAVE SUCCESS 5 -");
            oned.say("FINALIZE");

            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);
            assertThat(oned.isQuiet()).isTrue();
        }
        assertThat(calls("save")).isEqualTo(1);
    }

    @Test
    void aRepeatedRequestThatFailedTheFirstTimeIsTriedAgainAndTheNewerAnswerCounts() throws IOException {
        site.behave(
                "save",
                untilTheGateOpens() + "; mkdir " + folder + "/tried 2>/dev/null && { echo busy >&2; exit 1; }; exit 0");
        try (var oned = start(PARALLEL)) {
            oned.say(save(5, "node1"));
            awaitCalls("save", 1);
            oned.say(save(5, "node1"));
            oned.ask("SAVE  9 nonsense");
            openTheGate();

            assertThat(reply(oned)).isEqualTo("SAVE SUCCESS 5 -");
        }
        assertThat(calls("save")).isEqualTo(2);
    }

    @Test
    void differentActionsOfOneVmDoNotWaitForEachOther() throws IOException {
        waitAtTheGate("save");
        try (var oned = start(PARALLEL)) {
            oned.say(save(5, "node1"));
            awaitCalls("save", 1);

            assertThat(oned.ask(Requests.line("REBOOT", 5, Requests.message(5, "node1")))
                            .getLast())
                    .isEqualTo("REBOOT SUCCESS 5 -");
        }
    }

    /** The form of 5.12, which was not recorded. */
    @Test
    void theOldFormOfALineComesToTheSame() throws IOException {
        try (var oned = start(PARALLEL)) {
            var message = Requests.message(5, "node1");
            var before = oned.ask(Requests.oldLine("SAVE", 5, message));
            var since = oned.ask(Requests.line("SAVE", 5, message));

            assertThat(before).isEqualTo(since).last().isEqualTo("SAVE SUCCESS 5 -");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE 5 PFZN",
                "SAVE",
                "SAVE five PFZN",
                " SAVE 5 PFZN",
                "\u0000\u0001\u0002",
                "DEPLOY -1 x",
                "<xml/>",
            })
    void aLineThatIsNoRequestIsPassedOverWithAWarning(String line) throws IOException {
        try (var oned = start(PARALLEL)) {
            oned.say(line);

            assertThat(oned.hear()).startsWith("LOG W ").contains("Ignored: ");
            assertThat(oned.ask(save(6, "node1")).getLast()).isEqualTo("SAVE SUCCESS 6 -");
        }
    }

    /** Stock drops them, and the VM stays where it is until somebody recovers it. */
    @ParameterizedTest
    @CsvSource({
        "SAVE  5, it came without its message",
        "SAVE  5 PFZN PFZN, it came without its message",
        "SAVE  5 !!, it isn't base64",
        "SAVE  5 PFZN, XML",
        "RESTORE 5 PFZNLz4=, it is no VMM_DRIVER_ACTION_DATA",
    })
    void aRequestThatCannotBeReadIsRefusedInsteadOfLeavingItsVmWaiting(String line, String why) throws IOException {
        try (var oned = start(PARALLEL)) {
            oned.say(line);

            assertThat(oned.hear())
                    .startsWith(line.split(" ")[0] + " FAILURE 5 ")
                    .containsIgnoringCase(why);
        }
    }

    @Test
    void aRequestWithoutItsDatastoreIsTheSitesScripts() throws IOException {
        var message = site.asHere(Requests.message(5, "node1").replaceAll("<DATASTORE>.*</DATASTORE>", ""));
        try (var oned = start(PARALLEL)) {
            assertThat(oned.ask(Requests.line("SAVE", 5, message)).getLast()).isEqualTo("SAVE SUCCESS 5 -");
        }
        assertThat(calls("save")).isEqualTo(1);
    }

    @Test
    void aMessageTooLongToBeReadIsRefusedToo() throws IOException {
        try (var oned = start(PARALLEL)) {
            oned.say("SAVE 5 " + "A".repeat(17 << 20));
            assertThat(oned.hear()).startsWith("SAVE FAILURE 5 Cannot perform SAVE, its message is longer");

            oned.say(Requests.line("SAVE", 6, Requests.message(6, "node1", "", "x".repeat(7 << 20))));
            assertThat(oned.hear()).startsWith("SAVE FAILURE 6 ").containsIgnoringCase("large");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-oProxyCommand=touch x", "a b", "$(id)", "", "host\nname"})
    void aHostsNameThatIsNoneReachesNoShell(String host) throws IOException {
        try (var oned = start(PARALLEL)) {
            var reply = oned.ask(save(5, host)).getLast();

            assertThat(reply).startsWith("SAVE FAILURE 5 ").contains("no usable host name");
        }
        assertThat(calls("save")).isZero();
    }

    @Test
    void aScriptThatWritesManyLinesOrGarbageStillMakesOneLine() throws IOException {
        site.behave("deploy", "printf 'one-5\\nsecond\\n\\n\\001\\377third'");
        Files.writeString(folder.resolve("deployment"), "<domain/>");
        try (var oned = start(PARALLEL)) {
            var head = "<LOCAL_DEPLOYMENT_FILE>" + folder.resolve("deployment") + "</LOCAL_DEPLOYMENT_FILE>"
                    + "<REMOTE_DEPLOYMENT_FILE>" + folder.resolve("vm/deployment") + "</REMOTE_DEPLOYMENT_FILE>";
            var reply = oned.ask(Requests.line("DEPLOY", 5, Requests.message(5, "node1", head, "")))
                    .getLast();

            assertThat(reply).isEqualTo("DEPLOY SUCCESS 5 one-5 second   \uFFFDthird");
        }
    }

    @Test
    void aScriptThatIsKilledByASignalHasFailed() throws IOException {
        site.behave("save", "kill -9 $$");
        try (var oned = start(PARALLEL)) {
            var lines = oned.ask(save(5, "node1"));

            assertThat(lines).anyMatch(it -> it.contains("(exit code: 137)"));
            assertThat(lines.getLast()).startsWith("SAVE FAILURE 5 ");
        }
    }

    @Test
    void aScriptThatNeverEndsIsEndedAfterTheSitesTime() throws IOException {
        site.behave("save", "exec sleep 600");
        site.installOnHosts("virsh", "case \"$*\" in *list*) echo one-5 ;; *domstate*) echo running ;; esac");
        try (var oned = start("kvm -w 1")) {
            assertThat(oned.ask(save(5, "node1")).getLast())
                    .startsWith("SAVE FAILURE 5 ")
                    .contains("Timeout");
        }
    }

    @Test
    void aHostThatVanishesBetweenTwoStepsIsToldAndTheRequestFails() throws IOException {
        site.behave("shutdown", "touch " + folder + "/no-host");
        try (var oned = start(PARALLEL)) {
            var lines = oned.ask(Requests.line("SHUTDOWN", 5, Requests.message(5, "node1")));

            assertThat(lines)
                    .contains("LOG I 5 Successfully execute virtualization driver operation: shutdown.")
                    .contains("LOG I 5 Failed to execute network driver operation: clean.");
            assertThat(lines.getLast()).startsWith("SHUTDOWN FAILURE 5 ").contains("Error connecting to node1");
        }
    }

    @Test
    void aScriptThatIsMissingOnTheHostIsBroughtThereWithAllOthers() throws IOException {
        site.forgetHostScripts();
        try (var oned = start(PARALLEL)) {
            var lines = oned.ask(save(5, "node1"));

            assertThat(lines)
                    .startsWith("LOG I 5 Remote worker node files not found", "LOG I 5 Updating remotes")
                    .last()
                    .isEqualTo("SAVE SUCCESS 5 -");
            assertThat(oned.ask(save(5, "node1"))).noneMatch(it -> it.contains("remotes"));
        }
    }

    @Test
    void theSecretsOfADatastoreAreInNoLine() throws IOException {
        site.behave("resize_disk", 1, "", "no room\n");
        var head = "<TM_COMMAND><![CDATA[RESIZE shared node1:/d 9 5 100\n]]></TM_COMMAND>";
        var disk = "<DISK><RESIZE>YES</RESIZE><SIZE>9</SIZE><DISK_ID>0</DISK_ID><PASSWORD>hunter2</PASSWORD></DISK>";
        var message = Requests.message(5, "node1", head, disk);
        try (var oned = start(PARALLEL)) {
            var lines = oned.ask(Requests.line("RESIZEDISK", 5, message));

            assertThat(lines.getLast()).startsWith("RESIZEDISK FAILURE 5 no room");
            assertThat(lines).noneMatch(it -> it.contains(Payload.encode(message)) || it.contains("hunter2"));
        }
    }

    /** Garbage between requests, for a driver that goes on answering whatever came before. */
    @Test
    void noiseOfAnyKindNeverCostsAnAnswer() throws IOException {
        try (var oned = start(PARALLEL)) {
            for (var seed = 0; seed < 60; seed++) {
                var random = new Random(seed);
                var noise = new byte[1 + random.nextInt(300)];
                random.nextBytes(noise);
                oned.send(noise);
                oned.say("");
                oned.say(Requests.line("REBOOT", seed, Requests.message(seed, "node1")));
                var answer = "REBOOT SUCCESS " + seed + " -";

                assertThat(oned.hearUntil(it -> it.equals(answer)))
                        .as("seed %d", seed)
                        .allMatch(it -> it.equals(answer) || it.startsWith("LOG "));
            }
        }
    }

    private StandInOned start(String arguments) throws IOException {
        return new StandInOned(site.settings(arguments));
    }

    private String save(int vm, String host) {
        return Requests.line("SAVE", vm, site.asHere(Requests.message(vm, host)));
    }

    private static String reply(StandInOned oned) {
        return oned.hearUntil(it -> !it.startsWith("LOG ")).getLast();
    }

    private Path gate() {
        return folder.resolve("gate");
    }

    private void waitAtTheGate(String script) throws IOException {
        site.behave(script, untilTheGateOpens());
    }

    /** Or the test is over, and its folder gone: a script that nobody waits for any more mustn't stay for ever. */
    private String untilTheGateOpens() {
        return "while [ -d " + folder + " ] && [ ! -e " + gate() + " ]; do sleep 0.05; done";
    }

    private void awaitCalls(String script, int count) {
        await().atMost(PATIENCE).until(() -> calls(script) >= count);
    }

    private long calls(String script) throws IOException {
        return site.countCalls(script);
    }
}
