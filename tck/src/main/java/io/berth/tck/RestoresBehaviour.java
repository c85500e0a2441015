package io.berth.tck;

import static io.berth.tck.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import io.berth.driver.DeviceReading;
import io.berth.driver.FailureKind;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.ImageHeader;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.hypervisor.RestoreRequest;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link io.berth.driver.hypervisor.HypervisorDriver} promises of making a guest of an image. */
interface RestoresBehaviour {
    HypervisorSubject guests();

    @ParameterizedTest
    @EnumSource
    default void whatEachWriterWroteGoesOnOnTheOtherHost(MemoryWriter writer) {
        if (!guests().declares(writer)) {
            return;
        }
        var vm = guests().runningGuest();
        var saved = guests().save(vm, writer, false);
        guests().driver().destroy(guests().call(vm), guests().first(), vm);
        guests().driver().undefine(guests().call(vm), guests().first(), vm);

        guests().restorePaused(saved, guests().second());

        assertThat(guests().state(guests().second(), vm)).isEqualTo(GuestState.PAUSED);
        assertThat(guests().world().isSilent(vm)).isTrue();
        assertThat(guests().driver().find(guests().first(), vm.uuid())).isEmpty();
        guests().driver().resume(guests().call(vm), guests().second(), vm);
        guests().assertGoesOn(vm, saved.last());
    }

    @Test
    default void aGuestComesBackOnItsOwnHostToo() {
        var vm = guests().runningGuest();
        var saved = guests().saveAndEnd(vm);

        guests().restorePaused(saved, guests().first());

        guests().driver().resume(guests().call(vm), guests().first(), vm);
        guests().assertGoesOn(vm, saved.last());
    }

    @Test
    default void anImageThatReadsFasterAsAStreamIsRestoredToo() {
        var vm = guests().runningGuest();
        var saved = guests().saveAndEnd(vm);

        guests().driver()
                .restorePaused(
                        guests().call(vm),
                        guests().second(),
                        guests().restoreRequest(saved, guests().second(), DeviceReading.STREAMED));

        guests().driver().resume(guests().call(vm), guests().second(), vm);
        guests().assertGoesOn(vm, saved.last());
    }

    @Test
    default void aGuestThatWasPersistentIsSoAgain() {
        var vm = guests().runningGuest();
        var saved = guests().saveAndEnd(vm);

        guests().restorePaused(saved, guests().second());

        assertThat(guests().view(guests().second(), vm).persistent()).isTrue();
        guests().driver().destroy(guests().call(vm), guests().second(), vm);
        assertThat(guests().state(guests().second(), vm)).isEqualTo(GuestState.SHUT_OFF);
    }

    @Test
    default void aGuestThatWasTransientIsSoAgain() {
        var vm = guests().world().startGuest(HypervisorWorld.Kind.TRANSIENT);
        var saved = guests().saveAndEnd(vm);

        guests().restorePaused(saved, guests().second());

        assertThat(guests().view(guests().second(), vm).persistent()).isFalse();
        guests().driver().destroy(guests().call(vm), guests().second(), vm);
        assertThat(guests().driver().find(guests().second(), vm.uuid())).isEmpty();
    }

    @Test
    default void restoringAGuestThatIsThereIsRefusedAndLeavesItAlone() {
        var vm = guests().runningGuest();
        var saved = guests().saveAndEnd(vm);
        guests().restorePaused(saved, guests().second());

        var refusal = refusal(() -> guests().restorePaused(saved, guests().second()));

        assertThat(refusal.code()).isEqualTo("vm.exists");
        assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(guests().state(guests().second(), vm)).isEqualTo(GuestState.PAUSED);
        guests().driver().resume(guests().call(vm), guests().second(), vm);
        guests().assertGoesOn(vm, saved.last());
    }

    /** What stands there paused may be somebody else's: only the operation that restored it may use the image up. */
    @Test
    default void aRestoredGuestIsToldFromOneThatSomebodyStarted() {
        var vm = guests().runningGuest();
        var stranger = new OperationId("anotheroperation");
        var saved = guests().save(vm, guests().someWriter(), false);
        assertThat(guests().driver()
                        .isMadeBy(
                                guests().first(), vm, guests().call(vm).token().operation()))
                .as("one that was booted")
                .isFalse();
        guests().driver().destroy(guests().call(vm), guests().first(), vm);
        guests().driver().undefine(guests().call(vm), guests().first(), vm);

        var call = guests().call(vm);
        var operation = call.token().operation();
        assertThat(guests().driver().isMadeBy(guests().second(), vm, operation))
                .as("none")
                .isFalse();
        guests().driver().restorePaused(call, guests().second(), guests().restoreRequest(saved, guests().second()));

        assertThat(guests().driver().isMadeBy(guests().second(), vm, operation)).isTrue();
        assertThat(guests().driver().isMadeBy(guests().second(), vm, stranger)).isFalse();
        guests().driver().resume(guests().call(vm), guests().second(), vm);
        assertThat(guests().driver().isMadeBy(guests().second(), vm, operation))
                .as("when it runs")
                .isTrue();
    }

    /** What the engine does when a step between restore and CONSUMED fails. */
    @Test
    default void anImageOutlivesAPausedGuestThatWasMadeOfIt() {
        var vm = guests().runningGuest();
        var saved = guests().saveAndEnd(vm);
        guests().restorePaused(saved, guests().second());
        guests().driver().destroy(guests().call(vm), guests().second(), vm);
        guests().driver().undefine(guests().call(vm), guests().second(), vm);

        guests().restorePaused(saved, guests().first());

        guests().driver().resume(guests().call(vm), guests().first(), vm);
        guests().assertGoesOn(vm, saved.last());
    }

    @Test
    default void theImageOfAnotherGuestIsRefused() {
        var vm = guests().runningGuest();
        var saved = guests().saveAndEnd(vm);
        var request = guests().restoreRequest(saved, guests().second());
        var other = new VmRef(UUID.randomUUID(), "another");
        var foreign = new RestoreRequest(
                other,
                request.source(),
                request.imageLength(),
                request.reading(),
                request.definition().replace(vm.uuid().toString(), other.uuid().toString()),
                Optional.empty());

        var refusal = refusal(() -> guests().driver().restorePaused(guests().call(other), guests().second(), foreign));

        assertThat(refusal.code()).isEqualTo("image.foreign");
        assertThat(refusal.kind()).isEqualTo(FailureKind.STORAGE);
        guests().assertNowhere(vm);
        guests().assertNowhere(other);
    }

    @Test
    default void anImageWhoseWriterDidNotFinishIsRefused() {
        var vm = guests().runningGuest();
        var saved = guests().saveAndEnd(vm);
        guests().world().leavePartialImage(saved.device(), vm);
        assertThat(guests().driver()
                        .inspect(guests().second(), saved.device().on(guests().second()))
                        .form())
                .isEqualTo(ImageHeader.Form.PARTIAL);

        var refusal = refusal(() -> guests().restorePaused(saved, guests().second()));

        assertThat(refusal.code()).isEqualTo("image.partial");
        assertThat(refusal.kind()).isEqualTo(FailureKind.STORAGE);
        guests().assertNowhere(vm);
    }

    @Test
    default void anEmptyDeviceIsRefused() {
        var vm = guests().runningGuest();
        var saved = guests().saveAndEnd(vm);
        var empty = guests().world().device(DataSize.ofMebibytes(64));
        var request = guests().restoreRequest(saved, guests().second());
        var ofEmpty = new RestoreRequest(
                vm,
                empty.on(guests().second()),
                request.imageLength(),
                request.reading(),
                request.definition(),
                request.persistentDefinition());

        var refusal = refusal(() -> guests().driver().restorePaused(guests().call(vm), guests().second(), ofEmpty));

        assertThat(refusal.code()).startsWith("image.");
        guests().assertNowhere(vm);
    }
}
