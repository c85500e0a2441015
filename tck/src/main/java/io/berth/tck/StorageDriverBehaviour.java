package io.berth.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.storage.CheckpointState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every storage driver does: extend it in a test and give it worlds. Each test gets a world of its own and closes
 * it.
 */
public abstract class StorageDriverBehaviour
        implements VolumesBehaviour, AttachmentsBehaviour, FencingBehaviour, LedgerBehaviour, RecordsBehaviour {
    private @Nullable StorageSubject subject;

    /** A world with nothing in it. */
    protected abstract StorageWorld openWorld();

    @BeforeEach
    final void open() {
        subject = new StorageSubject(openWorld());
    }

    @AfterEach
    final void close() {
        var opened = subject;
        if (opened != null) {
            opened.world().close();
        }
    }

    @Override
    public final StorageSubject storage() {
        var opened = subject;
        if (opened == null) {
            throw new IllegalStateException("no world is open");
        }
        return opened;
    }

    @Test
    final void theDriverHasANameForTheConfiguration() {
        assertThat(storage().world().driver().type()).matches("[a-z][a-z0-9-]*");
        assertThat(storage().world().otherFrontEnd().capabilities())
                .isEqualTo(storage().capabilities());
    }

    /** The life that {@link io.berth.driver.storage.StorageDriver} tells. */
    @Test
    final void aCheckpointLivesFromAllocatedToGone() {
        var volume = storage().freshName();
        var image = StorageSubject.randomBytes(1 << 20);
        var record = Samples.record(volume, storage().operation());

        storage().advance(volume, CheckpointState.ALLOCATED);
        storage().volumes().create(storage().call(), volume, StorageSubject.SIZE);
        storage().ledger().describe(storage().call(), record);
        var device = storage().attach(volume, storage().first());
        storage().advance(volume, CheckpointState.WRITING);
        storage().world().write(storage().first(), device, 0, image);
        storage().ledger().describe(storage().call(), record.released());
        storage().advance(volume, CheckpointState.COMPLETE);
        storage().detach(volume, storage().first());

        var elsewhere = storage().attach(volume, storage().second());
        assertThat(storage().entry(volume).state()).isEqualTo(CheckpointState.COMPLETE);
        assertThat(storage().entry(volume).record()).isEqualTo(Optional.of(record.released()));
        assertThat(storage().world().read(storage().second(), elsewhere, 0, image.length))
                .isEqualTo(image);
        storage().advance(volume, CheckpointState.CONSUMED);
        storage().detach(volume, storage().second());
        storage().volumes().delete(storage().call(), volume);

        assertThat(storage().volumes().list()).isEmpty();
        assertThat(storage().ledger().list()).isEmpty();
        assertThat(storage().attachments().hosts(volume)).isEmpty();
    }
}
