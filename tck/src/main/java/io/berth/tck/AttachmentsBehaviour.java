package io.berth.tck;

import static io.berth.tck.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import org.junit.jupiter.api.Test;

/** What {@link io.berth.driver.storage.Attachments} promises. */
interface AttachmentsBehaviour {
    StorageSubject storage();

    @Test
    default void attachMakesADeviceOfTheVolumesSize() {
        var volume = storage().freshVolume();

        var device = storage().attach(volume, storage().first());

        assertThat(storage().world().size(storage().first(), device))
                .isEqualTo(storage().found(volume).size());
    }

    @Test
    default void theWholeDeviceCanBeWrittenAndRead() {
        var volume = storage().freshVolume();
        var device = storage().attach(volume, storage().first());
        var end = storage().found(volume).size().bytes() - 4096;
        var bytes = StorageSubject.randomBytes(4096);

        storage().world().write(storage().first(), device, end, bytes);

        assertThat(storage().world().read(storage().first(), device, end, bytes.length))
                .isEqualTo(bytes);
    }

    @Test
    default void attachTwiceAnswersTheSameDevice() {
        var volume = storage().freshVolume();
        var device = storage().attach(volume, storage().first());

        assertThat(storage().attach(volume, storage().first())).isEqualTo(device);

        storage().detach(volume, storage().first());
        assertThat(storage().attachments().device(volume, storage().first()))
                .as("a second attach must not need a second detach")
                .isEmpty();
    }

    @Test
    default void deviceAndHostsTellWhereAVolumeIsAttached() {
        var volume = storage().freshVolume();
        assertThat(storage().attachments().device(volume, storage().first())).isEmpty();
        assertThat(storage().attachments().hosts(volume)).isEmpty();

        var device = storage().attach(volume, storage().first());

        assertThat(storage().attachments().device(volume, storage().first())).contains(device);
        assertThat(storage().attachments().device(volume, storage().second())).isEmpty();
        assertThat(storage().attachments().hosts(volume))
                .containsExactly(storage().first());
        assertThat(storage()
                        .world()
                        .otherFrontEnd()
                        .attachments()
                        .device(volume, storage().first()))
                .contains(device);
    }

    @Test
    default void theSecondHostSeesWhatTheFirstWroteAndFlushed() {
        var volume = storage().freshVolume();
        var bytes = StorageSubject.randomBytes(64 << 10);
        var device = storage().attach(volume, storage().first());
        storage().world().write(storage().first(), device, 4096, bytes);
        storage().detach(volume, storage().first());

        var elsewhere = storage().attach(volume, storage().second());

        assertThat(storage().world().read(storage().second(), elsewhere, 4096, bytes.length))
                .isEqualTo(bytes);
    }

    @Test
    default void twoHostsShareAVolumeWhereDeclaredAndAreRefusedItElsewhere() {
        var volume = storage().freshVolume();
        var device = storage().attach(volume, storage().first());
        if (!storage().capabilities().manyHosts()) {
            refusal(() -> storage().attach(volume, storage().second()));
            assertThat(storage().attachments().device(volume, storage().first()))
                    .contains(device);
            assertThat(storage().attachments().device(volume, storage().second()))
                    .isEmpty();
            return;
        }
        var bytes = StorageSubject.randomBytes(4096);
        var elsewhere = storage().attach(volume, storage().second());

        storage().world().write(storage().first(), device, 0, bytes);

        assertThat(storage().attachments().hosts(volume))
                .containsExactlyInAnyOrder(storage().first(), storage().second());
        assertThat(storage().world().read(storage().second(), elsewhere, 0, bytes.length))
                .isEqualTo(bytes);
        storage().detach(volume, storage().second());
        assertThat(storage().attachments().device(volume, storage().first())).contains(device);
    }

    @Test
    default void detachTakesTheDeviceAwayAndKeepsTheContent() {
        var volume = storage().freshVolume();
        var bytes = StorageSubject.randomBytes(4096);
        var device = storage().attach(volume, storage().first());
        storage().world().write(storage().first(), device, 0, bytes);

        storage().detach(volume, storage().first());

        assertThat(storage().attachments().device(volume, storage().first())).isEmpty();
        assertThat(storage().attachments().hosts(volume)).isEmpty();
        var again = storage().attach(volume, storage().first());
        assertThat(storage().world().read(storage().first(), again, 0, bytes.length))
                .isEqualTo(bytes);
    }

    @Test
    default void detachOfWhatIsNotAttachedIsFine() {
        var volume = storage().freshVolume();

        storage().detach(volume, storage().first());
        storage().detach(storage().freshName(), storage().second());

        assertThat(storage().attachments().hosts(volume)).isEmpty();
    }

    @Test
    default void detachTouchesNoOtherVolume() {
        var volume = storage().freshVolume();
        var other = storage().freshVolume();
        var bytes = StorageSubject.randomBytes(4096);
        storage().attach(volume, storage().first());
        var device = storage().attach(other, storage().first());
        storage().world().write(storage().first(), device, 0, bytes);

        storage().detach(volume, storage().first());

        assertThat(storage().attachments().device(other, storage().first())).contains(device);
        assertThat(storage().world().read(storage().first(), device, 0, bytes.length))
                .isEqualTo(bytes);
    }

    @Test
    default void detachIsRefusedWhileAProcessHasTheDeviceOpen() {
        var volume = storage().freshVolume();
        var device = storage().attach(volume, storage().first());

        try (var holder = storage().world().hold(storage().first(), device)) {
            assertThat(holder).isNotNull();
            var refusal = refusal(() -> storage().detach(volume, storage().first()));

            assertThat(refusal.code()).isEqualTo("volume.in-use");
            assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(storage().attachments().hosts(volume))
                    .containsExactly(storage().first());
        }

        storage().detach(volume, storage().first());
        assertThat(storage().attachments().hosts(volume)).isEmpty();
    }

    @Test
    default void attachOfAVolumeThatIsNotThereIsRefused() {
        var volume = storage().freshName();
        HostRef host = storage().first();

        var refusal = refusal(() -> storage().attach(volume, host));

        assertThat(refusal.code()).isEqualTo("volume.absent");
        assertThat(storage().attachments().device(volume, host)).isEmpty();
        assertThat(storage().volumes().find(volume)).isEmpty();
    }
}
