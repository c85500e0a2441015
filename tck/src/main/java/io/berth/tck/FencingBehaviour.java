package io.berth.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.berth.driver.storage.Fencing;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What {@link Fencing} promises, where there is any. */
interface FencingBehaviour {
    StorageSubject storage();

    private Fencing fencing() {
        var fencing = storage().world().driver().fencing();
        Assumptions.assumeTrue(fencing.isPresent(), "this driver declares that it can't cut a host off");
        return fencing.get();
    }

    @Test
    default void fencingIsThereWhereItIsDeclaredAndNowhereElse() {
        assertThat(storage().world().driver().fencing().isPresent())
                .isEqualTo(storage().capabilities().fence());
    }

    @Test
    default void aHostThatIsCutOffWritesNoMore() {
        var fencing = fencing();
        var volume = storage().freshVolume();
        var before = StorageSubject.randomBytes(4096);
        var device = storage().attach(volume, storage().first());
        storage().world().write(storage().first(), device, 0, before);

        var cutOff = fencing.cutOff(storage().call(), volume, storage().first());

        assertThat(cutOff).isNotEmpty();
        assertThat(catchThrowable(
                        () -> storage().world().write(storage().first(), device, 0, StorageSubject.randomBytes(4096))))
                .isNotNull();
        var elsewhere = storage().attach(volume, storage().second());
        assertThat(storage().world().read(storage().second(), elsewhere, 0, before.length))
                .isEqualTo(before);
    }

    @Test
    default void aHostThatIsCutOffFromOneVolumeGoesOnWithItsOthers() {
        var fencing = fencing();
        var volume = storage().freshVolume();
        var other = storage().freshVolume();
        var bytes = StorageSubject.randomBytes(4096);
        storage().attach(volume, storage().first());
        var device = storage().attach(other, storage().first());

        fencing.cutOff(storage().call(), volume, storage().first());
        storage().world().write(storage().first(), device, 0, bytes);

        assertThat(storage().world().read(storage().first(), device, 0, bytes.length))
                .isEqualTo(bytes);
    }

    @Test
    default void anotherHostGoesOnWithTheVolume() {
        var fencing = fencing();
        Assumptions.assumeTrue(storage().capabilities().manyHosts());
        var volume = storage().freshVolume();
        var bytes = StorageSubject.randomBytes(4096);
        storage().attach(volume, storage().first());
        var device = storage().attach(volume, storage().second());

        fencing.cutOff(storage().call(), volume, storage().first());
        storage().world().write(storage().second(), device, 0, bytes);

        assertThat(storage().world().read(storage().second(), device, 0, bytes.length))
                .isEqualTo(bytes);
    }

    @Test
    default void cuttingOffWhoHasNoAccessIsFine() {
        var fencing = fencing();
        var volume = storage().freshVolume();
        storage().attach(volume, storage().first());
        fencing.cutOff(storage().call(), volume, storage().first());

        assertThat(fencing.cutOff(storage().call(), volume, storage().first())).isEmpty();
        assertThat(fencing.cutOff(storage().call(), volume, storage().second())).isEmpty();
        assertThat(fencing.cutOff(
                        storage().call(), storage().freshName(), storage().first()))
                .isEmpty();
    }

    /** It was called dead and comes back. */
    @Test
    default void whatACutOffHostStillHasIsDetachedAndTheVolumeDeleted() {
        var fencing = fencing();
        var volume = storage().freshVolume();
        storage().attach(volume, storage().first());

        fencing.cutOff(storage().call(), volume, storage().first());
        storage().detach(volume, storage().first());
        storage().volumes().delete(storage().call(), volume);

        assertThat(storage().attachments().hosts(volume)).isEmpty();
        assertThat(storage().volumes().find(volume)).isEmpty();
    }
}
