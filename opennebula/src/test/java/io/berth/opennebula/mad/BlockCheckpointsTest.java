package io.berth.opennebula.mad;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.journal.OperationState;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.engine.HostView;
import io.berth.engine.MachineState;
import io.berth.engine.MachineView;
import io.berth.engine.Report;
import io.berth.engine.testkit.FakeEngine;
import io.berth.engine.testkit.Samples;
import io.berth.opennebula.standin.Payload;
import io.berth.opennebula.standin.Requests;
import io.berth.opennebula.standin.StandInOned;
import io.berth.opennebula.standin.StubSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A datastore that wants its VMs' memory in volumes, a fake engine, and the scripts around it. */
@Timeout(120)
class BlockCheckpointsTest {
    private static final String BLOCK =
            "<CHECKPOINT_LOCATION>BLOCK</CHECKPOINT_LOCATION><BERTH_DATASTORE>fast</BERTH_DATASTORE>";
    private static final String CONTEXT = "<TM_COMMAND><![CDATA[CONTEXT shared /c.sh node1:/d 5 100\n]]></TM_COMMAND>";
    private static final String MIGRATE = "<TM_COMMAND><![CDATA[MIGRATE shared node1 node2 /d 5 100\n]]></TM_COMMAND>";
    private static final String NIC = "<NIC><VN_MAD>bridge</VN_MAD></NIC>";
    private static final String ENGINE = "the engine";
    private static final String GUEST = "8f5b3e1c-0b0a-4c58-9a55-0f1e2d3c4b5a";

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    /** Scripts and the engine's work, as they came. */
    private final List<String> done = new CopyOnWriteArrayList<>();

    private StubSite site;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(folder);
        Stream.of("node1", "node2")
                .forEach(name -> engine.hosts.views.add(new HostView(new HostRef(name), name, "libvirt")));
        engine.machines.outcome = (vm, watch) -> worked(Samples.report(vm));
    }

    /** What came before is noted before. */
    private Report worked(Report report) {
        noteScripts();
        done.add(ENGINE);
        return report;
    }

    private void noteScripts() {
        try {
            site.takeCalls()
                    .forEach(call -> done.add(call.where().replace(" with keys", "") + ": " + last(call.program(), 3)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String last(String path, int parts) {
        var words = List.of(path.split("/"));
        return String.join("/", words.subList(words.size() - parts, words.size()));
    }

    @Test
    void aSaveIsTheEnginesAndTheNetworkIsTidiedUpAfterIt() throws IOException {
        assertThat(ask(line("SAVE", "", NIC, BLOCK)))
                .containsExactly(
                        "LOG I 5 Successfully execute virtualization driver operation: save.",
                        "LOG I 5 ExitCode: 0",
                        "LOG I 5 Successfully execute network driver operation: clean.",
                        "SAVE SUCCESS 5 -");

        assertThat(done).containsExactly(ENGINE, "node1: vnm/bridge/clean");
        assertThat(engine.machines.suspended)
                .singleElement()
                .matches(request -> request.vm().equals("one-5")
                        && request.host().equals(Optional.of(new HostRef("node1")))
                        && request.datastore().equals(Optional.of("fast")));
    }

    @Test
    void aSaveThatFailsHasItsReasonInTheAnswerAndTheNetworkStays() throws IOException {
        engine.machines.views.add(view(MachineState.RUNNING, "node1"));
        refusing("storage.no-room", "no room for the checkpoint");

        assertThat(ask(line("SAVE", "", NIC, BLOCK)))
                .containsExactly(
                        "LOG E 5 no room for the checkpoint [storage.no-room]",
                        "LOG I 5 free some",
                        "LOG I 5 Failed to execute virtualization driver operation: save.",
                        "SAVE FAILURE 5 no room for the checkpoint");
        assertThat(done).isEmpty();
    }

    @Test
    void aRestoreComesBetweenContextAndNetwork() throws IOException {
        engine.machines.views.add(view(MachineState.SUSPENDED, "node2"));

        assertThat(ask(line("RESTORE", CONTEXT, NIC, BLOCK)).getLast()).isEqualTo("RESTORE SUCCESS 5 -");
        assertThat(done)
                .containsExactly("here: tm/shared/context", "node1: vnm/bridge/pre", ENGINE, "node1: vnm/bridge/post");
    }

    /** The core asks again when it doesn't know the answer. */
    @Test
    void aRestoreOfAGuestThatRunsThereAlreadySucceedsAndTouchesNothingOfIt() throws IOException {
        engine.machines.views.add(view(MachineState.RUNNING, "node1"));

        assertThat(ask(line("RESTORE", CONTEXT, NIC, BLOCK)).getLast()).isEqualTo("RESTORE SUCCESS 5 -");
        assertThat(done).containsExactly("node1: vnm/bridge/post");
    }

    @Test
    void aGuestThatWasSavedBeforeItsDatastoreAskedForVolumesIsRestoredByTheSitesScript() throws IOException {
        assertThat(ask(line("RESTORE", CONTEXT, NIC, BLOCK)).getLast()).isEqualTo("RESTORE SUCCESS 5 -");

        assertThat(done)
                .containsExactly(
                        "here: tm/shared/context",
                        "node1: vnm/bridge/pre",
                        "node1: vmm/kvm/restore",
                        "node1: vnm/bridge/post");
    }

    /** Stock's script removes the image before the guest runs. */
    @Test
    void whatStocksCephDriverSavedIsAdoptedAndRestoredByTheEngine() throws IOException {
        assertThat(ask(restoreOnCeph()).getLast()).isEqualTo("RESTORE SUCCESS 5 -");

        assertThat(engine.checkpoints.asked).containsExactly("adopt fast:one-sys-5-checkpoint " + GUEST);
        assertThat(done)
                .containsExactly("here: tm/shared/context", "node1: vnm/bridge/pre", ENGINE, "node1: vnm/bridge/post");
    }

    @Test
    void anImageThatCannotBeAdoptedIsLeftAloneAndTheReasonIsTheAnswer() throws IOException {
        engine.checkpoints.adoptable = request -> {
            throw failure("host.silent", "a host doesn't answer");
        };

        assertThat(ask(restoreOnCeph()).getLast()).isEqualTo("RESTORE FAILURE 5 a host doesn't answer");
        assertThat(done).as("stock's script would remove it").isEmpty();
    }

    @Test
    void anImageThatTurnsOutToBeAnotherVmsIsLeftAloneToo() throws IOException {
        engine.checkpoints.adopted = request -> Samples.report(
                "one-5", OperationState.FAILED, Optional.of(failure("image.foreign", "it is another's")), false);

        assertThat(ask(restoreOnCeph()).getLast()).isEqualTo("RESTORE FAILURE 5 it is another's");
        assertThat(done).containsExactly("here: tm/shared/context", "node1: vnm/bridge/pre");
    }

    @Test
    void withoutAnImageTheSitesScriptRestores() throws IOException {
        engine.checkpoints.adoptable = request -> {
            throw failure("volume.absent", "there is no volume");
        };

        assertThat(ask(restoreOnCeph()).getLast()).isEqualTo("RESTORE SUCCESS 5 -");
        assertThat(done).contains("node1: vmm/kvm/restore").doesNotContain(ENGINE);
    }

    @Test
    void aMigrationIsTheEnginesBetweenTheScriptsOfEachStorageDriver() throws IOException {
        engine.machines.views.add(view(MachineState.RUNNING, "node1"));

        assertThat(ask(line("MIGRATE", MIGRATE, NIC + disks(), BLOCK)).getLast())
                .isEqualTo("MIGRATE SUCCESS 5 -");
        assertThat(done)
                .containsExactly(
                        "here: tm/shared/premigrate",
                        "here: tm/ceph/premigrate",
                        "node2: vnm/bridge/pre",
                        ENGINE,
                        "node1: vnm/bridge/clean",
                        "node2: vnm/bridge/post",
                        "here: tm/shared/postmigrate",
                        "here: tm/ceph/postmigrate");
    }

    @Test
    void aMigrationThatFailsIsToldToEachStorageDriver() throws IOException {
        engine.machines.views.add(view(MachineState.RUNNING, "node1"));
        refusing("migrate.no-room", "no room at the target");

        assertThat(ask(line("MIGRATE", MIGRATE, NIC + disks(), BLOCK)).getLast())
                .isEqualTo("MIGRATE FAILURE 5 no room at the target");
        assertThat(done)
                .containsExactly(
                        "here: tm/shared/premigrate",
                        "here: tm/ceph/premigrate",
                        "node2: vnm/bridge/pre",
                        "here: tm/shared/failmigrate",
                        "here: tm/ceph/failmigrate");
    }

    /** Stock's scripts call those of the other drivers by themselves. */
    @Test
    void noStorageDriversScriptRunsTwiceForOneMigration() throws IOException {
        engine.machines.views.add(view(MachineState.RUNNING, "node1"));
        for (var script : List.of("premigrate", "postmigrate")) {
            var file = Path.of(site.asHere("/var/lib/one/remotes/tm/shared/" + script));
            Files.writeString(file, Files.readString(file) + "\n# migrate_other \"$@\"\n");
        }

        ask(line("MIGRATE", MIGRATE, disks(), BLOCK));

        assertThat(done).containsExactly("here: tm/shared/premigrate", ENGINE, "here: tm/shared/postmigrate");
    }

    /** What each host has by itself has to be copied with the guest: Berth doesn't. */
    @ParameterizedTest
    @CsvSource({"<SHARED>NO</SHARED>, node2", "'', node1"})
    void aMigrationThatHasToCopyDisksIsTheSitesScripts(String attribute, String destination) throws IOException {
        var line = line("MIGRATE", MIGRATE.replace("node2", destination), "", BLOCK + attribute, destination);

        assertThat(ask(line).getLast()).isEqualTo("MIGRATE SUCCESS 5 -");
        assertThat(done)
                .containsExactly("here: tm/shared/premigrate", "node1: vmm/kvm/migrate", "here: tm/shared/postmigrate");
    }

    @Test
    void aHostThatBerthDoesNotKnowIsToldBeforeAnyScriptRuns() throws IOException {
        engine.hosts.views.removeLast();

        assertThat(ask(line("MIGRATE", MIGRATE, NIC, BLOCK)).getLast())
                .isEqualTo("MIGRATE FAILURE 5 Berth doesn't know the host node2");
        assertThat(done).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "<CHECKPOINT_LOCATION>block</CHECKPOINT_LOCATION>, CHECKPOINT_LOCATION is block; and BERTH_DATASTORE is"
                + " missing",
        "<CHECKPOINT_LOCATION>blok</CHECKPOINT_LOCATION>, CHECKPOINT_LOCATION is 'blok'",
    })
    void attributesThatMakeNoSenseAreToldInsteadOfGuessedAt(String attributes, String why) throws IOException {
        assertThat(ask(line("SAVE", "", NIC, attributes)).getLast())
                .startsWith("SAVE FAILURE 5 ")
                .endsWith(why.replace(';', ','));
        assertThat(done).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"system", "file", "''"})
    void aDatastoreThatWantsAnythingElseIsTheSitesScripts(String location) throws IOException {
        ask(line("SAVE", "", "", "<CHECKPOINT_LOCATION>" + location + "</CHECKPOINT_LOCATION>"));

        assertThat(done).containsExactly("node1: vmm/kvm/save");
    }

    /** Stuck requests must not keep others from being worked on, however few may be at once. */
    @Test
    void whatIsNotKnownGivesItsRoomToOthersAndIsAnsweredWhenItIs() throws IOException {
        engine.upkeep.open.add(Samples.entry("one-5", OperationState.PENDING, ""));
        try (var oned = start("-t 1 -r 0 kvm")) {
            oned.say(line("SAVE", "", "", BLOCK));
            assertThat(oned.hear()).startsWith("LOG W 5 No answer until it is known where the VM is: ");

            assertThat(oned.ask(Requests.line("REBOOT", 6, Requests.message(6, "node1")))
                            .getLast())
                    .isEqualTo("REBOOT SUCCESS 6 -");
            engine.upkeep.open.clear();
            assertThat(oned.hearUntil(line -> line.startsWith("SAVE")).getLast())
                    .isEqualTo("SAVE SUCCESS 5 -");
        }
    }

    @Test
    void whatIsNotKnownIsGivenUpWhenTheCoreTakesItBack() throws IOException {
        engine.upkeep.open.add(Samples.entry("one-5", OperationState.PENDING, ""));
        try (var oned = start("-t 15 -r 0 kvm")) {
            oned.say(line("SAVE", "", "", BLOCK));
            oned.hear();
            oned.say("DRIVER_CANCEL  5 ");
            assertThat(oned.hear()).isEqualTo("LOG I 5 Driver command for 5 cancelled");
            oned.say("FINALIZE");

            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);
            assertThat(oned.isQuiet()).isTrue();
        }
        assertThat(engine.machines.suspended).isEmpty();
    }

    @Test
    void whatTheEngineIsInTheMiddleOfIsStoppedWhenTheCoreTakesItBack() throws IOException {
        var begun = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        engine.machines.outcome = (vm, watch) -> {
            var _ = watch.cancellation().onRequest(stopped::countDown);
            begun.countDown();
            await(stopped);
            return Samples.report(
                    vm, OperationState.FAILED, Optional.of(Samples.failure(FailureKind.CANCELLED)), false);
        };
        try (var oned = start("-t 15 -r 0 kvm")) {
            oned.say(line("SAVE", "", NIC, BLOCK));
            await(begun);
            oned.say("DRIVER_CANCEL  5 ");
            assertThat(oned.hear()).isEqualTo("LOG I 5 Driver command for 5 cancelled");
            oned.say("FINALIZE");

            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);
            assertThat(oned.isQuiet()).isTrue();
        }
        noteScripts();
        assertThat(done).as("no further step").isEmpty();
    }

    /** Somebody told the core how the save ended ({@code onevm recover}), and it has gone on. */
    @Test
    void anAnswerThatNobodyWaitsForAnyMoreIsNotGiven() throws IOException {
        engine.upkeep.open.add(Samples.entry("one-5", OperationState.PENDING, ""));
        try (var oned = start("-t 15 -r 0 kvm -p")) {
            oned.say(line("SAVE", "", "", BLOCK));
            oned.hear();
            oned.say(line("RESTORE", "", "", BLOCK));
            engine.machines.views.add(view(MachineState.SUSPENDED, "node1"));
            engine.upkeep.open.clear();
            var lines = oned.hearUntil(line -> line.startsWith("RESTORE "));
            oned.say("FINALIZE");
            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);

            assertThat(lines.getLast()).isEqualTo("RESTORE SUCCESS 5 -");
            while (!oned.isQuiet()) {
                lines.add(oned.hear());
            }
            assertThat(lines).noneMatch(line -> line.startsWith("SAVE "));
        }
    }

    /** To end in the middle of a save would leave its guest paused until somebody recovers it. */
    @Test
    void aCoreThatIsGoneDoesNotEndTheDriverInTheMiddleOfASave() throws IOException {
        var begun = new CountDownLatch(1);
        var coreIsGone = new CountDownLatch(1);
        var isDone = new CompletableFuture<Boolean>();
        try (var oned = start("-t 15 -r 0 kvm")) {
            engine.machines.outcome = (vm, watch) -> {
                begun.countDown();
                await(coreIsGone);
                isDone.complete(!oned.hasExited());
                return Samples.report(vm);
            };
            oned.say(line("SAVE", "", "", BLOCK));
            await(begun);
            oned.die();
            coreIsGone.countDown();

            assertThat(oned.end()).isEqualTo(Driver.End.ABANDONED);
            assertThat(isDone).isCompletedWithValue(true);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private List<String> ask(String line) throws IOException {
        try (var oned = start("-t 15 -r 0 kvm -p")) {
            var lines = oned.ask(line);
            noteScripts();
            return lines;
        }
    }

    private StandInOned start(String arguments) throws IOException {
        return new StandInOned(site.settings(arguments), () -> engine);
    }

    private static String disks() {
        return "<DISK><TM_MAD>ceph</TM_MAD></DISK><DISK><TM_MAD>ceph</TM_MAD></DISK><DISK><TM_MAD>shared</TM_MAD></DISK>"
                + "<DISK><TM_MAD>../evil</TM_MAD></DISK>";
    }

    private String line(String action, String head, String template, String attributes) {
        return line(action, head, template, attributes, "node2");
    }

    /** @param attributes of the system datastore */
    private String line(String action, String head, String template, String attributes, String destination) {
        var message = Requests.message(5, "node1", head, template)
                .replace("</TM_MAD></DATASTORE>", "</TM_MAD><TEMPLATE>" + attributes + "</TEMPLATE></DATASTORE>");
        return Requests.line(
                action,
                5,
                site.asHere(
                        action.equals("MIGRATE")
                                ? message.replace(
                                        "<MIGR_HOST></MIGR_HOST>", "<MIGR_HOST>" + destination + "</MIGR_HOST>")
                                : message));
    }

    private String restoreOnCeph() {
        return Payload.change(
                line("RESTORE", CONTEXT, NIC + "<OS><UUID>" + GUEST + "</UUID></OS>", BLOCK),
                message -> message.replace("<TM_MAD>shared</TM_MAD>", "<TM_MAD>ceph</TM_MAD>"));
    }

    private void refusing(String code, String what) {
        engine.machines.outcome = (vm, watch) -> {
            throw failure(code, what);
        };
    }

    private static Failure failure(String code, String what) {
        return Failure.of(FailureKind.STORAGE, code, what).next("free some").build();
    }

    private static MachineView view(MachineState state, String host) {
        return new MachineView(Samples.vm("one-5"), state, new HostRef(host), "", Optional.empty(), Optional.empty());
    }
}
