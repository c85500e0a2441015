package io.berth.opennebula.mad;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.journal.OperationState;
import io.berth.driver.HostRef;
import io.berth.engine.HostView;
import io.berth.engine.MachineState;
import io.berth.engine.MachineView;
import io.berth.engine.testkit.FakeEngine;
import io.berth.engine.testkit.Samples;
import io.berth.opennebula.oned.Oned;
import io.berth.opennebula.owed.OwedRequests;
import io.berth.opennebula.run.RequestLog;
import io.berth.opennebula.standin.Requests;
import io.berth.opennebula.standin.StandInOned;
import io.berth.opennebula.standin.StubSite;
import io.berth.opennebula.testkit.Descriptions;
import io.berth.opennebula.testkit.Descriptions.Stay;
import io.berth.opennebula.testkit.StandInCore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver is started while the core, a stand-in, still waits for an answer that one before it didn't give. */
@Timeout(120)
class OwedAnswersTest {
    private static final int RUNNING = 3;
    private static final int MIGRATE = 4;
    private static final int SAVE_SUSPEND = 6;
    private static final int SAVE_MIGRATE = 7;
    private static final int BOOT_SUSPENDED = 21;
    private static final int BOOT_MIGRATE_FAILURE = 37;
    private static final Duration BRIEFLY = Duration.ofMillis(1);
    private static final Map<String, String> BLOCK = Map.of("CHECKPOINT_LOCATION", "block", "BERTH_DATASTORE", "fast");

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private StubSite site;
    private StandInCore core;
    private Map<String, String> environment;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(folder);
        core = new StandInCore();
        environment = core.environment(folder);
        for (var name : List.of("node1", "node2")) {
            engine.hosts.views.add(new HostView(new HostRef(name), name, "libvirt"));
        }
        core.says("one.vmpool.info -2 0 -100 3", "<VM_POOL><VM><ID>5</ID></VM></VM_POOL>");
        core.says("one.vmpool.info -2 1 -100 3", "<VM_POOL/>");
        datastore(BLOCK);
    }

    @AfterEach
    void close() throws IOException {
        core.close();
    }

    private void datastore(Map<String, String> attributes) {
        core.says("one.datastore.info 100", Descriptions.datastore(100, 1, "qcow2", attributes));
    }

    private void coreWaits(int state, String... hosts) {
        core.says("one.vm.info 5", vm(state, "berth-kvm", hosts));
    }

    private static String vm(int state, String driver, String... hosts) {
        var stays =
                List.of(hosts).stream().map(host -> new Stay(host, driver, 100)).toList();
        return Descriptions.vm(5, 3, state, "one-5", stays)
                .replace("<TEMPLATE>", "<TEMPLATE><NIC><VN_MAD>bridge</VN_MAD></NIC>");
    }

    private void guestIs(MachineState state, String host) {
        engine.machines.views.clear();
        engine.machines.views.add(
                new MachineView(Samples.vm("one-5"), state, new HostRef(host), "", Optional.empty(), Optional.empty()));
    }

    @Test
    void aSaveThatIsDoneIsAnsweredByItselfAndItsNetworkTidiedUp() throws IOException {
        coreWaits(SAVE_SUSPEND, "node1");
        guestIs(MachineState.SUSPENDED, "node1");

        assertThat(answer()).isEqualTo("SAVE SUCCESS 5 -");
        assertThat(scripts()).containsExactly("node1 clean");
        assertThat(engine.machines.suspended).as("nothing is begun").isEmpty();
    }

    @Test
    void aSaveThatIsNotIsAFailureAndNotDoneNow() throws IOException {
        coreWaits(SAVE_MIGRATE, "node1", "node2");
        guestIs(MachineState.RUNNING, "node1");

        assertThat(answer()).startsWith("SAVE FAILURE 5 the driver that was to do it has ended");
        assertThat(scripts()).isEmpty();
        assertThat(engine.machines.suspended).isEmpty();
    }

    @Test
    void aGuestThatHasArrivedGetsItsNetworkAndOneThatHasNotIsStillSaved() throws IOException {
        coreWaits(BOOT_SUSPENDED, "node1");
        guestIs(MachineState.RUNNING, "node1");
        assertThat(answer()).isEqualTo("RESTORE SUCCESS 5 -");
        assertThat(scripts()).containsExactly("node1 post");

        guestIs(MachineState.SUSPENDED, "node1");
        assertThat(answer()).startsWith("RESTORE FAILURE 5 ");
        assertThat(engine.machines.resumed).isEmpty();
    }

    @Test
    void aMigrationIsToldToItsStorageDriversToo() throws IOException {
        coreWaits(MIGRATE, "node1", "node2");
        guestIs(MachineState.RUNNING, "node2");
        assertThat(answer()).isEqualTo("MIGRATE SUCCESS 5 -");
        var calls = site.takeCalls();
        assertThat(calls.stream()
                        .map(call -> call.where().replace(" with keys", "") + " "
                                + call.program().replaceAll(".*/", "")))
                .containsExactly("node1 clean", "node2 post", "here postmigrate");
        assertThat(calls.getLast().arguments())
                .containsExactly("node1", "node2", "/var/lib/one//datastores/100/5", "5", "100");

        guestIs(MachineState.RUNNING, "node1");
        assertThat(answer()).startsWith("MIGRATE FAILURE 5 ");
        assertThat(scripts()).containsExactly("here failmigrate");
    }

    @Test
    void whatIsUnfinishedIsWaitedFor() throws IOException {
        coreWaits(SAVE_SUSPEND, "node1");
        guestIs(MachineState.PAUSED, "node1");
        engine.upkeep.open.add(Samples.entry("one-5", OperationState.PENDING, ""));
        try (var oned = start()) {
            assertThat(oned.hear()).startsWith("LOG W 5 No answer until it is known where the VM is: ");
            guestIs(MachineState.SUSPENDED, "node1");
            engine.upkeep.open.clear();

            assertThat(oned.hearUntil(line -> line.startsWith("SAVE ")).getLast())
                    .isEqualTo("SAVE SUCCESS 5 -");
        }
    }

    /** It may be in the hands of a script that goes on at its host. */
    @Test
    void aGuestThatIsNowhereIsLeftToAPerson() throws IOException {
        coreWaits(BOOT_SUSPENDED, "node1");

        try (var oned = start()) {
            assertThat(oned.hear()).startsWith("LOG W 5 No answer until it is known where the VM is: ");
            assertThat(oned.isQuiet()).isTrue();
        }
    }

    /** By its owner, or in the middle of a save that only another front-end's journal knows of. */
    @Test
    void aGuestThatStandsStillIsLeftToAPerson() throws IOException {
        guestIs(MachineState.PAUSED, "node1");
        for (var state : List.of(SAVE_SUSPEND, BOOT_SUSPENDED)) {
            coreWaits(state, "node1");
            try (var oned = start()) {
                assertThat(oned.hear()).startsWith("LOG W 5 No answer until it is known where the VM is: ");
                assertThat(oned.isQuiet()).isTrue();
            }
        }
    }

    /** It is started anew, or has too much to do. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aCoreThatIsSilentForAWhileIsAskedAgain(int silent) throws IOException {
        guestIs(MachineState.SUSPENDED, "node1");
        var asked = new AtomicInteger();
        core.replies("one.vm.info 5", caller -> {
            if (asked.incrementAndGet() != silent) {
                StandInCore.whole(StandInCore.answer(true, vm(SAVE_SUSPEND, "berth-kvm", "node1"), 0))
                        .to(caller);
            }
        });

        assertThat(answer()).isEqualTo("SAVE SUCCESS 5 -");
    }

    @Test
    void somebodyWhoToldTheCoreMeanwhileHasTheLastWord() throws IOException {
        guestIs(MachineState.SUSPENDED, "node1");
        var asked = new AtomicInteger();
        var told = new CountDownLatch(1);
        core.replies("one.vm.info 5", caller -> {
            // Two looks, the message twice, and the look before the answer.
            var state = asked.incrementAndGet() < 5 ? SAVE_SUSPEND : RUNNING;
            StandInCore.whole(StandInCore.answer(true, vm(state, "berth-kvm", "node1"), 0))
                    .to(caller);
            if (state == RUNNING) {
                told.countDown();
            }
        });
        try (var oned = start()) {
            assertThat(await(told)).isTrue();
            oned.say("FINALIZE");

            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);
            while (!oned.isQuiet()) {
                assertThat(oned.hear()).startsWith("LOG ");
            }
        }
    }

    @Test
    void whatTheCoreAsksThisDriverForIsAnsweredOnce() throws IOException {
        coreWaits(SAVE_SUSPEND, "node1");
        guestIs(MachineState.RUNNING, "node1");
        var goOn = new CountDownLatch(1);
        var lookedTwice = new CountDownLatch(2);
        core.replies("one.vmpool.info -2 1 -100 3", caller -> {
            await(goOn);
            lookedTwice.countDown();
            StandInCore.whole(StandInCore.answer(true, "<VM_POOL/>", 0)).to(caller);
        });
        try (var oned = start()) {
            var message = Requests.message(5, "node1")
                    .replace(
                            "</TM_MAD></DATASTORE>",
                            "</TM_MAD><TEMPLATE><CHECKPOINT_LOCATION>block</CHECKPOINT_LOCATION>"
                                    + "<BERTH_DATASTORE>fast</BERTH_DATASTORE></TEMPLATE></DATASTORE>");
            assertThat(oned.ask(Requests.line("SAVE", 5, message)).getLast()).isEqualTo("SAVE SUCCESS 5 -");
            goOn.countDown();
            assertThat(await(lookedTwice)).isTrue();
            oned.say("FINALIZE");

            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);
            assertThat(oned.isQuiet()).isTrue();
        }
    }

    @Test
    void whatIsOfAnotherDriverOrOfScriptsOrWaitsForAPersonIsLeftAlone() throws IOException {
        guestIs(MachineState.SUSPENDED, "node1");
        core.says("one.vm.info 5", vm(SAVE_SUSPEND, "kvm", "node1"));
        assertThat(jobs()).isEmpty();
        coreWaits(BOOT_MIGRATE_FAILURE, "node1", "node2");
        assertThat(jobs()).isEmpty();
        coreWaits(RUNNING, "node1");
        assertThat(jobs()).isEmpty();

        coreWaits(SAVE_SUSPEND, "node1");
        datastore(Map.of());
        assertThat(jobs())
                .hasSize(1)
                .allSatisfy(job -> assertThat(
                                job.work().apply(new RequestLog(5, line -> {}, job.cancellation(), time -> {})))
                        .isEmpty());
    }

    private List<Job> jobs() {
        return new VmmDuty(site.settings(owed(), "kvm"), () -> engine).owed();
    }

    private OwedRequests owed() {
        return new OwedRequests(Optional.of("berth-kvm"), () -> Oned.find(environment), BRIEFLY, BRIEFLY);
    }

    private StandInOned start() throws IOException {
        return new StandInOned(site.settings(owed(), "-t 15 -r 0 kvm -p"), () -> engine);
    }

    /** What comes without having been asked for. */
    private String answer() throws IOException {
        try (var oned = start()) {
            return oned.hearUntil(line -> !line.startsWith("LOG ")).getLast();
        }
    }

    private List<String> scripts() throws IOException {
        return site.takeCalls().stream()
                .map(call -> call.where() + " " + Path.of(call.program()).getFileName())
                .toList();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
