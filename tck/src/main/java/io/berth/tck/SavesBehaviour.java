package io.berth.tck;

import static io.berth.tck.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.ImageHeader;
import io.berth.driver.hypervisor.MemoryWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link io.berth.driver.hypervisor.HypervisorDriver} promises of writing memory. */
interface SavesBehaviour {
    HypervisorSubject guests();

    @ParameterizedTest
    @EnumSource
    default void aDeclaredWriterWritesACompleteImageAndAnyOtherIsRefused(MemoryWriter writer) {
        var vm = guests().runningGuest();
        if (!guests().declares(writer)) {
            refusesToSave(vm, writer);
            return;
        }
        var bound = guests().driver().estimate(guests().first(), vm).bound();

        var saved = guests().save(vm, writer, false);

        assertThat(saved.image().length()).isGreaterThan(DataSize.ZERO).isLessThanOrEqualTo(bound);
        assertThat(saved.image().written()).isGreaterThanOrEqualTo(saved.image().length());
        var header = guests().driver().inspect(guests().first(), saved.device().on(guests().first()));
        assertThat(header.form()).isEqualTo(ImageHeader.Form.COMPLETE);
        assertThat(header.definition()).contains(vm.uuid().toString());
        assertThat(header.dataOffset())
                .isGreaterThan(DataSize.ZERO)
                .isLessThan(saved.image().length());
        if (writer.keepsGuest()) {
            assertThat(guests().state(guests().first(), vm)).isEqualTo(GuestState.PAUSED);
            assertThat(guests().world().isSilent(vm)).isTrue();
            goesOnAtHome(vm, saved.last());
        } else {
            guests().assertNowhere(vm);
        }
    }

    private void refusesToSave(VmRef vm, MemoryWriter writer) {
        var device = guests().deviceFor(vm);
        guests().pause(vm);
        var before = guests().world().pulse(vm);

        refusal(() -> guests().driver()
                .saveMemory(
                        guests().call(vm),
                        guests().first(),
                        vm,
                        HypervisorSubject.request(device, guests().first(), writer, false)));

        goesOnAtHome(vm, before);
    }

    private void goesOnAtHome(VmRef vm, HypervisorWorld.Pulse before) {
        guests().driver().resume(guests().call(vm), guests().first(), vm);
        guests().assertGoesOn(vm, before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void theHeaderSaysWhetherTheOwnerHadPausedTheGuest(boolean ownerPaused) {
        var vm = guests().runningGuest();

        var saved = guests().save(vm, guests().someWriter(), ownerPaused);

        assertThat(guests().driver()
                        .inspect(guests().first(), saved.device().on(guests().first()))
                        .ownerPaused())
                .isEqualTo(ownerPaused);
    }

    @ParameterizedTest
    @EnumSource
    default void aDeviceThatIsTooSmallLeavesTheGuestAlive(MemoryWriter writer) {
        if (!guests().declares(writer)) {
            // What isn't declared has a test of its own.
            return;
        }
        var vm = guests().runningGuest();
        var device = guests().world().device(DataSize.ofMebibytes(8));
        if (writer.pausesFirst()) {
            guests().pause(vm);
        }
        var before = guests().world().pulse(vm);

        var refusal = refusal(() -> guests().driver()
                .saveMemory(
                        guests().call(vm),
                        guests().first(),
                        vm,
                        HypervisorSubject.request(device, guests().first(), writer, false)));

        assertThat(refusal.code()).isEqualTo("device.full");
        assertThat(refusal.kind()).isEqualTo(FailureKind.STORAGE);
        guests().driver().cancelSave(guests().call(vm), guests().first(), vm);
        if (writer.keepsGuest() && writer.pausesFirst()) {
            assertThat(guests().state(guests().first(), vm)).isEqualTo(GuestState.PAUSED);
        } else {
            assertThat(guests().state(guests().first(), vm)).isIn(GuestState.PAUSED, GuestState.RUNNING);
        }
        assertThat(guests().driver()
                        .inspect(guests().first(), device.on(guests().first()))
                        .form())
                .isNotEqualTo(ImageHeader.Form.COMPLETE);
        goesOnAtHome(vm, before);
    }

    @Test
    default void anEmptyDeviceHoldsNoImage() {
        var device = guests().world().device(DataSize.ofMebibytes(8));

        assertThat(guests().driver()
                        .inspect(guests().first(), device.on(guests().first()))
                        .form())
                .isEqualTo(ImageHeader.Form.NONE);
    }

    @Test
    default void cancelSaveWithNothingToCancelChangesNothing() {
        var vm = guests().runningGuest();
        guests().driver().cancelSave(guests().call(vm), guests().first(), vm);
        assertThat(guests().state(guests().first(), vm)).isEqualTo(GuestState.RUNNING);

        guests().pause(vm);
        guests().driver().cancelSave(guests().call(vm), guests().first(), vm);
        assertThat(guests().state(guests().first(), vm)).isEqualTo(GuestState.PAUSED);
    }

    @ParameterizedTest
    @EnumSource
    default void cancelSaveFromElsewhereLeavesTheGuestAliveAndFreeToBeSavedAgain(MemoryWriter writer) {
        if (!guests().declares(writer) || !writer.keepsGuest()) {
            return;
        }
        var vm = guests().runningGuest();
        var before = guests().world().pulse(vm);
        var begun = new AtomicBoolean();
        var cancelled = new CompletableFuture<Void>();

        saveHearing(vm, writer, Cancellation.never(), () -> {
            if (begun.compareAndSet(false, true)) {
                Thread.ofVirtual().start(() -> {
                    try {
                        guests().driver().cancelSave(guests().call(vm), guests().first(), vm);
                        cancelled.complete(null);
                    } catch (RuntimeException e) {
                        cancelled.completeExceptionally(e);
                    }
                });
            }
        });

        if (begun.get()) {
            cancelled.join();
        }
        isAliveAndCanBeSavedAgain(vm, writer, before);
    }

    @ParameterizedTest
    @EnumSource
    default void aWishToStopLeavesTheGuestAliveAndFreeToBeSavedAgain(MemoryWriter writer) {
        if (!guests().declares(writer) || !writer.keepsGuest()) {
            return;
        }
        var vm = guests().runningGuest();
        var before = guests().world().pulse(vm);
        var cancellation = new Cancellation();

        saveHearing(vm, writer, cancellation, cancellation::request);

        isAliveAndCanBeSavedAgain(vm, writer, before);
    }

    /** Saves, and runs {@code onProgress} whenever some memory was written. A save that is stopped fails as such. */
    private void saveHearing(VmRef vm, MemoryWriter writer, Cancellation cancellation, Runnable onProgress) {
        var device = guests().deviceFor(vm);
        if (writer.pausesFirst()) {
            guests().pause(vm);
        }
        var call = guests().call(vm).with((done, expected) -> onProgress.run()).with(cancellation);
        try {
            guests().driver()
                    .saveMemory(
                            call,
                            guests().first(),
                            vm,
                            HypervisorSubject.request(device, guests().first(), writer, false));
        } catch (Failure failure) {
            assertThat(failure.code()).isEqualTo("operation.cancelled");
            assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
        }
    }

    private void isAliveAndCanBeSavedAgain(VmRef vm, MemoryWriter writer, HypervisorWorld.Pulse before) {
        guests().driver().cancelSave(guests().call(vm), guests().first(), vm);
        assertThat(guests().state(guests().first(), vm)).isIn(GuestState.PAUSED, GuestState.RUNNING);
        goesOnAtHome(vm, before);
        var saved = guests().save(vm, writer, false);
        assertThat(guests().driver()
                        .inspect(guests().first(), saved.device().on(guests().first()))
                        .form())
                .isEqualTo(ImageHeader.Form.COMPLETE);
    }
}
