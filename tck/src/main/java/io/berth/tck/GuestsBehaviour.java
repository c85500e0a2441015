package io.berth.tck;

import static io.berth.tck.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.Phase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link io.berth.driver.hypervisor.HypervisorDriver} promises of live guests and of definitions. */
interface GuestsBehaviour {
    HypervisorSubject guests();

    @Test
    default void findAndListAgreeOnARunningGuest() {
        var vm = guests().runningGuest();

        var view = guests().view(guests().first(), vm);

        assertThat(view.state()).isEqualTo(GuestState.RUNNING);
        assertThat(view.vm().uuid()).isEqualTo(vm.uuid());
        assertThat(view.vm().name()).isEqualTo(vm.name());
        assertThat(view.host()).isEqualTo(guests().first());
        assertThat(view.persistent()).isTrue();
        assertThat(guests().driver().list(guests().first())).contains(view);
    }

    @Test
    default void aGuestIsOnTheHostItRunsOnAndOnNoOther() {
        var vm = guests().runningGuest();

        assertThat(guests().driver().find(guests().second(), vm.uuid())).isEmpty();
        assertThat(guests().driver().list(guests().second()))
                .extracting(GuestView::vm)
                .doesNotContain(vm);
        assertThat(guests().driver().find(guests().first(), UUID.randomUUID())).isEmpty();
    }

    @Test
    default void pauseStopsTheGuestAndMayBeRepeated() {
        var vm = guests().runningGuest();

        guests().pause(vm);
        guests().pause(vm);

        assertThat(guests().state(guests().first(), vm)).isEqualTo(GuestState.PAUSED);
        assertThat(guests().world().isSilent(vm)).isTrue();
    }

    @Test
    default void resumeLetsTheSameGuestGoOnAndMayBeRepeated() {
        var vm = guests().runningGuest();
        guests().pause(vm);
        var before = guests().world().pulse(vm);

        guests().driver().resume(guests().call(vm), guests().first(), vm);
        guests().driver().resume(guests().call(vm), guests().first(), vm);

        assertThat(guests().state(guests().first(), vm)).isEqualTo(GuestState.RUNNING);
        guests().assertGoesOn(vm, before);
    }

    @Test
    default void whatIsAskedOfAGuestThatIsNotThereIsRefused() {
        var absent = new VmRef(UUID.randomUUID(), "nobody");
        var call = guests().call(absent);

        assertThat(refusal(() -> guests().driver().describe(guests().first(), absent))
                        .code())
                .isEqualTo("vm.absent");
        refusal(() -> guests().driver().pause(call, guests().first(), absent));
        refusal(() -> guests().driver().resume(call, guests().first(), absent));
        refusal(() -> guests().driver().estimate(guests().first(), absent));
    }

    @Test
    default void theDescriptionOfAnOrdinaryGuestHasNoObstacles() {
        var vm = guests().runningGuest();

        var description = guests().driver().describe(guests().first(), vm);

        assertThat(description.obstacles()).isEmpty();
        assertThat(description.definition()).contains(vm.uuid().toString());
        assertThat(description.persistentDefinition()).isPresent();
        assertThat(description.profile().memory().bytes()).isPositive();
        assertThat(guests().driver().obstacles(guests().second(), description.profile(), description.definition()))
                .isEmpty();
    }

    @Test
    default void aTransientGuestHasNoPersistentDefinition() {
        var vm = guests().world().startGuest(HypervisorWorld.Kind.TRANSIENT);

        assertThat(guests().view(guests().first(), vm).persistent()).isFalse();
        assertThat(guests().driver().describe(guests().first(), vm).persistentDefinition())
                .isEmpty();
    }

    @Test
    default void aGuestOfAnotherArchitectureOrMachineHasObstacles() {
        var vm = guests().runningGuest();
        var description = guests().driver().describe(guests().first(), vm);
        var profile = description.profile();
        var strangers = List.of(
                with(profile, "berth-no-such-architecture", profile.machine()),
                with(profile, profile.architecture(), "berth-no-such-machine"));

        for (var stranger : strangers) {
            assertThat(guests().driver().obstacles(guests().second(), stranger, description.definition()))
                    .as("obstacles for %s", stranger)
                    .isNotEmpty()
                    .allSatisfy(obstacle -> assertThat(obstacle.next()).isNotBlank());
        }
    }

    private static GuestProfile with(GuestProfile profile, String architecture, String machine) {
        return new GuestProfile(
                architecture,
                machine,
                profile.cpu(),
                profile.emulatorVersion(),
                profile.memory(),
                profile.localState());
    }

    @Test
    default void transformationsFollowOneAnother() {
        var vm = guests().runningGuest();
        var definition = guests().driver().describe(guests().first(), vm).definition();
        for (var phase : Phase.values()) {
            var changes = guests().driver().transform(guests().second(), definition, phase);

            // A driver may write the definition its own way before the first one, so that differences show what
            // changed.
            var text = changes.isEmpty() ? definition : changes.getFirst().before();
            for (var change : changes) {
                assertThat(change.transformation()).isNotBlank();
                assertThat(change.before()).isEqualTo(text);
                text = change.after();
            }
            assertThat(text).contains(vm.uuid().toString());
            assertThat(guests().driver().transform(guests().second(), definition, phase))
                    .isEqualTo(changes);
        }
    }

    @Test
    default void theEstimateIsBoundedByTheGuestsMemory() {
        var vm = guests().runningGuest();

        var estimate = guests().driver().estimate(guests().first(), vm);

        assertThat(estimate.need().bytes()).isPositive();
        assertThat(estimate.need()).isLessThanOrEqualTo(estimate.bound());
        assertThat(estimate.bound())
                .isGreaterThanOrEqualTo(guests().driver()
                        .describe(guests().first(), vm)
                        .profile()
                        .memory());
    }

    @Test
    default void destroyEndsTheGuestAndMayBeRepeated() {
        var vm = guests().runningGuest();

        guests().driver().destroy(guests().call(vm), guests().first(), vm);
        guests().driver().destroy(guests().call(vm), guests().first(), vm);

        assertThat(guests().state(guests().first(), vm)).isEqualTo(GuestState.SHUT_OFF);
        assertThat(guests().world().isSilent(vm)).isTrue();
    }

    @Test
    default void nothingIsLeftOfATransientGuestThatWasDestroyed() {
        var vm = guests().world().startGuest(HypervisorWorld.Kind.TRANSIENT);

        guests().driver().destroy(guests().call(vm), guests().first(), vm);
        guests().driver().destroy(guests().call(vm), guests().first(), vm);

        assertThat(guests().driver().find(guests().first(), vm.uuid())).isEmpty();
    }

    @Test
    default void undefineAndDefineMayBeRepeated() {
        var vm = guests().runningGuest();
        var call = guests().call(vm);
        var definition = guests().driver()
                .describe(guests().first(), vm)
                .persistentDefinition()
                .orElseThrow();
        guests().driver().destroy(call, guests().first(), vm);

        guests().driver().undefine(call, guests().first(), vm);
        guests().driver().undefine(call, guests().first(), vm);
        assertThat(guests().driver().find(guests().first(), vm.uuid())).isEmpty();

        guests().driver().define(call, guests().first(), vm, definition);
        guests().driver().define(call, guests().first(), vm, definition);
        assertThat(guests().state(guests().first(), vm)).isEqualTo(GuestState.SHUT_OFF);
        assertThat(guests().view(guests().first(), vm).persistent()).isTrue();
    }

    @Test
    default void undefineLeavesARunningGuestRunning() {
        var vm = guests().runningGuest();
        var before = guests().world().pulse(vm);

        guests().driver().undefine(guests().call(vm), guests().first(), vm);

        assertThat(guests().view(guests().first(), vm).persistent()).isFalse();
        guests().assertGoesOn(vm, before);
    }
}
