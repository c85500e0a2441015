package io.berth.storage.directory;

import static io.berth.storage.files.FakeHelperTransport.withWord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import java.io.IOException;
import java.nio.file.Files;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is special about volumes that are used where they lie; the rest is in the suite. */
class DirectoryStorageTest {
    private static final VolumeRef VOLUME = new VolumeRef("local", "berth-abcdefgh");

    private final FakeWorld world = new FakeWorld();
    private final StorageDriver driver = world.driver();
    private final Call call = world.call(new OperationId("abcdefgh"));
    private final HostRef first = world.first();
    private final HostRef second = world.second();

    @BeforeEach
    void aVolume() {
        driver.volumes().create(call, VOLUME, DataSize.ofMebibytes(2));
    }

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void theDeviceIsTheFileItself() {
        var file = new DevicePath(world.folder + "/berth-abcdefgh.img");

        assertThat(driver.attachments().attach(call, VOLUME, first)).isEqualTo(file);
        assertThat(driver.attachments().attach(call, VOLUME, second)).isEqualTo(file);
    }

    @Test
    void anAttachmentDoesNotOutliveTheHostsRestart() {
        driver.attachments().attach(call, VOLUME, first);

        world.marks.restart(first);

        assertThat(driver.attachments().device(VOLUME, first)).isEmpty();
        driver.volumes().delete(call, VOLUME);
    }

    @Test
    void aHostThatSeesAnotherFileThereIsNotAttached() {
        world.transport.answerOnce(withWord("device-size"), 20, "absent: so it seems");

        var failure = failure(() -> driver.attachments().attach(call, VOLUME, second));

        assertThat(failure.code()).isEqualTo("volume.attach-failed");
        assertThat(failure.host()).contains(second);
        assertThat(driver.attachments().hosts(VOLUME)).isEmpty();
    }

    @Test
    void whatAFailedSaveRemovedCanStillBeDetachedAndDeleted() throws IOException {
        driver.attachments().attach(call, VOLUME, first);
        Files.delete(world.folder.resolve("berth-abcdefgh.img"));

        driver.attachments().detach(call, VOLUME, first);
        driver.volumes().delete(call, VOLUME);

        assertThat(driver.attachments().hosts(VOLUME)).isEmpty();
    }

    @Test
    void anAttachmentWhoseAnswerIsLostIsFoundAndTakenBack() {
        world.transport.loseOnce(withWord("link"), true);
        assertThat(failure(() -> driver.attachments().attach(call, VOLUME, first))
                        .isUnknownOutcome())
                .isTrue();

        assertThat(driver.attachments().hosts(VOLUME)).containsExactly(first);
        driver.attachments().detach(call, VOLUME, first);
        assertThat(driver.attachments().hosts(VOLUME)).isEmpty();
    }

    @Test
    void aHostThatCanNotTellLeavesTheAnswerOpen() {
        world.transport.answerOnce(withWord("read-link"), 25, "io: broken");

        assertThat(failure(() -> driver.attachments().device(VOLUME, first)).code())
                .isEqualTo("storage.failed");
    }

    private static Failure failure(ThrowingCallable attempt) {
        var failure = catchThrowableOfType(Failure.class, attempt);
        assertThat(failure).as("a failure that should have come").isNotNull();
        assertThat(failure.next()).isNotBlank();
        return failure;
    }
}
