package io.berth.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.journal.Journal.HostEntry;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every {@link Journal} does. An implementation's test inherits from it. */
public abstract class JournalBehaviour {
    protected static final VmRef VM = new VmRef(new UUID(7, 7), "web\n'1'; $(reboot) ../\"%s? \uD83D\uDE00");
    protected static final VmRef OTHER_VM = new VmRef(new UUID(7, 8), "db");
    protected static final OperationId FIRST = new OperationId("operation1");
    protected static final OperationId SECOND = new OperationId("operation2");

    /** The journal of this test, the same at each call. */
    protected abstract Journal journal();

    /** The same journal as another process sees it. */
    protected abstract Journal seenByAnother();

    /** An owner that lives. */
    protected abstract Owner owner(String name);

    /** The owner's process dies. */
    protected abstract void kill(Owner owner);

    /** The machine of all owners so far starts anew. */
    protected abstract void reboot();

    /** Time passes in which nobody writes. */
    protected abstract void pass(Duration time);

    @Test
    void leaseHasAnEpochAboveEveryEarlierOne() {
        var first = acquire("a", FIRST);
        journal().release(first);
        var second = acquire("b", SECOND);

        assertThat(first.epoch()).isEqualTo(1);
        assertThat(second.epoch()).isEqualTo(2);
        assertThat(second.token().epoch()).isEqualTo(2);
    }

    @Test
    void leaseHasAtLeastTheEpochThatAHostHasSeen() {
        journal().release(journal().acquire(VM, owner("a"), FIRST, 41));
        var next = journal().acquire(VM, owner("a"), SECOND, 3);

        assertThat(next.epoch()).isEqualTo(42);
    }

    @Test
    void leaseOfALiveOwnerIsNotTaken() {
        var held = acquire("a", FIRST);

        assertThatThrownBy(() -> acquire("b", SECOND)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo("vm.busy");
            assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(failure.why()).contains(FIRST.id());
            assertThat(failure.getMessage()).doesNotContain("\n");
            assertThat(failure.next()).isNotEmpty();
        });
        assertThat(journal().lease(VM.uuid())).contains(held);
    }

    @Test
    void leaseIsNotSharedByTwoOperationsOfOneOwner() {
        var owner = owner("a");
        journal().acquire(VM, owner, FIRST, 1);

        assertFails("vm.busy", () -> journal().acquire(VM, owner, SECOND, 1));
    }

    @Test
    void leasesOfDifferentVmsDoNotMeet() {
        acquire("a", FIRST);

        assertThat(journal().acquire(OTHER_VM, owner("b"), SECOND, 1).epoch()).isEqualTo(1);
    }

    @Test
    void leaseOfADeadProcessIsTakenOverAtOnce() {
        var dead = owner("a");
        var held = journal().acquire(VM, dead, FIRST, 1);
        kill(dead);

        assertThat(acquire("b", SECOND).epoch()).isGreaterThan(held.epoch());
    }

    @Test
    void leaseOfBeforeARebootIsTakenOverAtOnce() {
        var held = acquire("a", FIRST);
        reboot();

        assertThat(acquire("b", SECOND).epoch()).isGreaterThan(held.epoch());
    }

    @Test
    void leaseOfASilentOwnerIsTakenOverAfterItsTimeToLive() {
        acquire("a", FIRST);
        pass(Duration.ofSeconds(29));
        assertFails("vm.busy", () -> acquire("b", SECOND));
        pass(Duration.ofSeconds(2));

        assertThat(acquire("b", SECOND).epoch()).isEqualTo(2);
    }

    @Test
    void renewedLeaseLivesOn() {
        var held = acquire("a", FIRST);
        pass(Duration.ofSeconds(20));
        journal().renew(held);
        pass(Duration.ofSeconds(20));

        assertFails("vm.busy", () -> acquire("b", SECOND));
    }

    @Test
    void whoTookAVmOverIsToldAlsoWhenThatOneIsThrough() {
        var stalled = begun(FIRST);
        pass(Duration.ofSeconds(31));
        journal().release(journal().acquire(VM, owner("heir"), FIRST, 1));

        assertThatThrownBy(() -> journal().renew(stalled)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo("journal.lease-lost");
            assertThat(failure.why()).contains("heir");
        });
    }

    @Test
    void stalledOwnerThatWakesUpAfterATakeoverCanWriteNothing() {
        var stalled = begun(FIRST);
        journal().record(stalled, List.of(StepEvent.intent("pause", Direction.FORWARD)));
        pass(Duration.ofSeconds(31));
        var heir = journal().acquire(VM, owner("heir"), FIRST, 1);

        var late = List.of(StepEvent.done("pause", Direction.FORWARD, Map.of()));
        assertFails("journal.lease-lost", () -> journal().record(stalled, late));
        assertFails("journal.lease-lost", () -> journal().renew(stalled));
        assertFails("journal.lease-lost", () -> journal().begin(stalled, "suspend", "{}"));
        assertFails(
                "journal.lease-lost", () -> journal().finish(stalled, late, OperationState.SUCCEEDED, "all is well"));
        assertThat(journal().events(FIRST)).containsExactly(StepEvent.intent("pause", Direction.FORWARD));
        assertThat(state(FIRST)).isEqualTo(OperationState.ACTIVE);

        journal().release(stalled);
        assertThat(journal().lease(VM.uuid())).contains(heir);
        journal().record(heir, late);
        assertThat(journal().events(FIRST)).hasSize(2);
    }

    @Test
    void releasedLeaseWritesNoMore() {
        var lease = begun(FIRST);
        journal().release(lease);
        journal().release(lease);

        assertFails("journal.lease-lost", () -> journal().record(lease, List.of()));
        assertThat(journal().lease(VM.uuid())).isEmpty();
    }

    @Test
    void beganOperationIsActiveForEverybody() {
        begun(FIRST);

        assertThat(seenByAnother().operation(FIRST)).hasValueSatisfying(entry -> {
            assertThat(entry.vm().uuid()).isEqualTo(VM.uuid());
            assertThat(entry.vm().name()).isEqualTo(VM.name());
            assertThat(entry.kind()).isEqualTo("suspend");
            assertThat(entry.plan()).isEqualTo("{\"steps\":[]}");
            assertThat(entry.state()).isEqualTo(OperationState.ACTIVE);
            assertThat(entry.message()).isEmpty();
            assertThat(entry.changed()).isEqualTo(entry.begun());
        });
    }

    @Test
    void operationIsBegunOnce() {
        var lease = begun(FIRST);

        assertFails("journal.operation-exists", () -> journal().begin(lease, "resume", "{}"));
        assertThat(journal().operation(FIRST))
                .hasValueSatisfying(entry -> assertThat(entry.kind()).isEqualTo("suspend"));
    }

    @Test
    void eventsOfAnOperationThatWasNotBegunAreRefused() {
        var lease = acquire("a", FIRST);

        assertFails(
                "journal.no-operation",
                () -> journal().record(lease, List.of(StepEvent.intent("pause", Direction.FORWARD))));
    }

    @Test
    void eventsComeBackAsTheyWereWrittenInTheirOrder() {
        var lease = begun(FIRST);
        var written = List.of(
                StepEvent.intent("attach", Direction.FORWARD),
                StepEvent.done("attach", Direction.FORWARD, Map.of("device", "/dev/loop 1\n", "size", "", "'", "\"")),
                StepEvent.unknown("save", Direction.FORWARD, "connection lost; $(reboot)\n\tat line 2"),
                StepEvent.notDone("save", Direction.UNDO, ""));
        journal().record(lease, written.subList(0, 1));
        journal().record(lease, written.subList(1, 3));
        journal().record(lease, written.subList(3, 4));

        assertThat(seenByAnother().events(FIRST)).isEqualTo(written);
        assertThat(journal().events(SECOND)).isEmpty();
    }

    @Test
    void eventChangesItsOperation() {
        var lease = begun(FIRST);
        pass(Duration.ofSeconds(5));
        journal().record(lease, List.of(StepEvent.intent("attach", Direction.FORWARD)));

        var entry = journal().operation(FIRST).orElseThrow();
        assertThat(entry.changed()).isEqualTo(entry.begun().plusSeconds(5));
    }

    @Test
    void finishWritesEventsAndStateAndGivesTheLeaseBack() {
        var lease = begun(FIRST);
        var last = StepEvent.done("detach", Direction.FORWARD, Map.of());
        journal().finish(lease, List.of(last), OperationState.SUCCEEDED, "saved");

        assertThat(seenByAnother().events(FIRST)).containsExactly(last);
        assertThat(seenByAnother().operation(FIRST)).hasValueSatisfying(entry -> {
            assertThat(entry.state()).isEqualTo(OperationState.SUCCEEDED);
            assertThat(entry.message()).isEqualTo("saved");
        });
        assertThat(seenByAnother().lease(VM.uuid())).isEmpty();
        assertFails("journal.lease-lost", () -> journal().record(lease, List.of(last)));
    }

    @Test
    void operationDoesNotEndAsActive() {
        var lease = begun(FIRST);

        assertThatThrownBy(() -> journal().finish(lease, List.of(), OperationState.ACTIVE, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(journal().lease(VM.uuid())).contains(lease);
    }

    @Test
    void openOperationsAreThoseThatRecoveryHasToDoWithOldestFirst() {
        for (var state : OperationState.values()) {
            var id = new OperationId(
                    "ends" + state.name().toLowerCase(Locale.ROOT).replace("_", ""));
            var lease = begun(id);
            if (state == OperationState.ACTIVE) {
                journal().release(lease);
            } else {
                journal().finish(lease, List.of(), state, "");
            }
        }

        assertThat(journal().open())
                .extracting(OperationEntry::state)
                .containsExactly(
                        OperationState.ACTIVE, OperationState.SUCCEEDED_CLEANUP_PENDING, OperationState.PENDING);
    }

    @Test
    void openOperationsOfOneVmAreFoundByItsIdWhateverItIsCalled() {
        var renamed = new VmRef(VM.uuid(), "renamed");
        var lease = journal().acquire(renamed, owner("one"), FIRST, 0);
        journal().begin(lease, "suspend", "{}");

        assertThat(journal().open(VM.uuid())).extracting(OperationEntry::id).containsExactly(FIRST);
        assertThat(journal().open(UUID.randomUUID())).isEmpty();
        journal().finish(lease, List.of(), OperationState.FAILED, "undone");
        assertThat(journal().open(VM.uuid())).isEmpty();
    }

    @Test
    void openOperationIsFinishedBySomebodyElseLater() {
        journal().finish(begun(FIRST), List.of(), OperationState.PENDING, "host h2 doesn't answer");
        var again = journal().acquire(VM, owner("recovery"), FIRST, 1);
        journal().finish(again, List.of(), OperationState.FAILED, "undone");

        assertThat(journal().open()).isEmpty();
        assertThat(state(FIRST)).isEqualTo(OperationState.FAILED);
    }

    @Test
    void historyHasTheNewestFirstUpToTheLimit() {
        journal().finish(begun(FIRST), List.of(), OperationState.SUCCEEDED, "");
        journal().finish(begun(SECOND), List.of(), OperationState.SUCCEEDED, "");
        var third = new OperationId("operation3");
        journal().begin(journal().acquire(OTHER_VM, owner("c"), third, 1), "resume", "");

        assertThat(journal().history(Optional.empty(), 2))
                .extracting(OperationEntry::id)
                .containsExactly(third, SECOND);
        assertThat(journal().history(Optional.of(VM.uuid()), 10))
                .extracting(OperationEntry::id)
                .containsExactly(SECOND, FIRST);
        assertThat(journal().history(Optional.of(UUID.randomUUID()), 10)).isEmpty();
    }

    @Test
    void hostsAreAddedReplacedAndRemoved() {
        var host = new HostRef("h1");
        journal().putHost(new HostEntry(new HostRef("h2"), "local", "libvirt"));
        journal().putHost(new HostEntry(host, "root@h1", "libvirt"));
        journal().putHost(new HostEntry(host, "me@10.0.0.1; $(reboot)", "lxd"));
        assertThat(seenByAnother().hosts())
                .containsExactly(
                        new HostEntry(host, "me@10.0.0.1; $(reboot)", "lxd"),
                        new HostEntry(new HostRef("h2"), "local", "libvirt"));

        journal().removeHost(host);
        journal().removeHost(host);
        assertThat(journal().hosts()).extracting(HostEntry::host).containsExactly(new HostRef("h2"));
    }

    protected final Lease begun(OperationId operation) {
        var lease = acquire("owner of " + operation, operation);
        journal().begin(lease, "suspend", "{\"steps\":[]}");
        return lease;
    }

    protected final Lease acquire(String ownerName, OperationId operation) {
        return journal().acquire(VM, owner(ownerName), operation, 1);
    }

    protected static void assertFails(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private OperationState state(OperationId id) {
        return journal().operation(id).orElseThrow().state();
    }
}
