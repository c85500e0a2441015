package io.berth.tck;

import static io.berth.tck.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.Departure;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.MigrationRequest;
import io.berth.driver.hypervisor.Phase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What {@link io.berth.driver.hypervisor.HypervisorDriver} promises of bringing a guest to another host. */
interface MigrationsBehaviour {
    HypervisorSubject guests();

    private void assumeDeclared() {
        Assumptions.assumeTrue(
                guests().driver().capabilities(guests().first()).migrate(), "the driver declares no migration");
    }

    /** Answers which operation it was. */
    private OperationId migrate(VmRef vm, HostRef from, HostRef to, Cancellation wish) {
        var definition = guests().driver().describe(from, vm).definition();
        var changes = guests().driver().transform(to, definition, Phase.RESTORE);
        var request = new MigrationRequest(
                to, changes.isEmpty() ? definition : changes.getLast().after(), Set.of());
        var call = guests().call(vm).with(wish);
        guests().driver().migrate(call, from, vm, request);
        return call.token().operation();
    }

    private OperationId migrate(VmRef vm, HostRef from, HostRef to) {
        return migrate(vm, from, to, Cancellation.never());
    }

    private List<Failure> obstacles(VmRef vm, HostRef to) {
        var definition = guests().driver().describe(guests().first(), vm).definition();
        return guests().driver()
                .migrationObstacles(guests().first(), vm, new MigrationRequest(to, definition, Set.of()), Set.of());
    }

    private VmRef transientGuest() {
        return guests().world().startGuest(HypervisorWorld.Kind.TRANSIENT);
    }

    private boolean isAlive(HostRef host, VmRef vm) {
        return guests().driver()
                .find(host, vm.uuid())
                .map(GuestView::state)
                .filter(GuestState::isAlive)
                .isPresent();
    }

    @Test
    default void aMovedGuestStandsPausedOnTheOtherHostAloneAndGoesOnThereAndBack() {
        if (!guests().driver().capabilities(guests().first()).migrate()) {
            var vm = transientGuest();
            refusal(() -> migrate(vm, guests().first(), guests().second()));
            assertThat(guests().state(guests().first(), vm)).isEqualTo(GuestState.RUNNING);
            return;
        }
        var vm = transientGuest();
        assertThat(obstacles(vm, guests().second())).isEmpty();

        var operation = migrate(vm, guests().first(), guests().second());

        assertThat(isAlive(guests().first(), vm)).isFalse();
        assertThat(guests().view(guests().second(), vm).state()).isEqualTo(GuestState.PAUSED);
        assertThat(guests().view(guests().second(), vm).persistent()).isFalse();
        assertThat(guests().driver().isMadeBy(guests().second(), vm, operation)).isTrue();
        assertThat(guests().driver().departure(guests().first(), vm)).isEqualTo(Departure.MIGRATED);
        assertThat(guests().world().isSilent(vm)).isTrue();
        var before = guests().world().pulse(vm);
        guests().driver().resume(guests().call(vm), guests().second(), vm);
        guests().assertGoesOn(vm, before);

        migrate(vm, guests().second(), guests().first());

        var there = guests().world().pulse(vm);
        guests().driver().resume(guests().call(vm), guests().first(), vm);
        guests().assertGoesOn(vm, there);
        assertThat(isAlive(guests().second(), vm)).isFalse();
    }

    @Test
    default void aGuestThatItsOwnerHadPausedIsMovedAsItIs() {
        assumeDeclared();
        var vm = transientGuest();
        guests().pause(vm);
        var before = guests().world().pulse(vm);

        migrate(vm, guests().first(), guests().second());

        assertThat(guests().state(guests().second(), vm)).isEqualTo(GuestState.PAUSED);
        assertThat(guests().world().pulse(vm)).isEqualTo(before);
        guests().driver().resume(guests().call(vm), guests().second(), vm);
        guests().assertGoesOn(vm, before);
    }

    @Test
    default void aDefinitionStaysWhereItIsAndMakesNoCopyThere() {
        assumeDeclared();
        var vm = guests().runningGuest();

        migrate(vm, guests().first(), guests().second());

        assertThat(guests().state(guests().first(), vm)).isEqualTo(GuestState.SHUT_OFF);
        assertThat(guests().view(guests().second(), vm).persistent()).isFalse();
    }

    @Test
    default void withNothingUnderWayThereIsNothingToAwaitOrToCancel() {
        assumeDeclared();
        var vm = transientGuest();
        var before = guests().world().pulse(vm);

        guests().driver().awaitMigration(guests().call(vm), guests().first(), vm);
        guests().driver().cancelMigration(guests().call(vm), guests().first(), vm);
        guests().driver().cancelMigration(guests().call(vm), guests().second(), vm);

        assertThat(guests().state(guests().first(), vm)).isEqualTo(GuestState.RUNNING);
        guests().assertGoesOn(vm, before);
    }

    @Test
    default void aWishToStopLeavesTheGuestOnExactlyOneHost() {
        assumeDeclared();
        var vm = transientGuest();
        var before = guests().world().pulse(vm);
        var wish = new Cancellation();
        wish.request();

        try {
            migrate(vm, guests().first(), guests().second(), wish);
        } catch (Failure failure) {
            assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
        }

        guests().driver().cancelMigration(guests().call(vm), guests().first(), vm);
        assertThat(isAlive(guests().first(), vm)).isNotEqualTo(isAlive(guests().second(), vm));
        var at = isAlive(guests().first(), vm) ? guests().first() : guests().second();
        guests().driver().resume(guests().call(vm), at, vm);
        guests().assertGoesOn(vm, before);
    }

    @Test
    default void aGuestThatEndedOtherwiseWasNotMigrated() {
        assumeDeclared();
        var vm = transientGuest();
        guests().driver().destroy(guests().call(vm), guests().first(), vm);

        assertThat(guests().driver().departure(guests().first(), vm)).isNotEqualTo(Departure.MIGRATED);
        refusal(() -> guests().driver()
                .migrate(
                        guests().call(vm),
                        guests().first(),
                        vm,
                        new MigrationRequest(guests().second(), "<domain/>", Set.of())));
        guests().assertNowhere(vm);
    }

    @Test
    default void aHostIsNoTargetForItsOwnGuest() {
        assumeDeclared();
        var vm = transientGuest();

        assertThat(obstacles(vm, guests().first())).isNotEmpty();
        assertThat(guests().state(guests().first(), vm)).isEqualTo(GuestState.RUNNING);
    }
}
