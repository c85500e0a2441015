package io.berth.storage.loop;

import static io.berth.storage.files.FakeHelperTransport.withWord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import java.io.IOException;
import java.nio.file.Files;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the driver does when commands on devices fail and hosts are gone; the rest is in the suite. */
class LoopStorageTest {
    private static final DataSize SIZE = DataSize.ofMebibytes(2);
    private static final VolumeRef VOLUME = new VolumeRef("local", "berth-abcdefgh");

    private final FakeWorld world = new FakeWorld();
    private final StorageDriver driver = world.driver();
    private final Call call = world.call(new OperationId("abcdefgh"));
    private final HostRef first = world.first();
    private final HostRef second = world.second();

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void aVolumeOfAnotherDatastoreIsRefused() {
        var elsewhere = new VolumeRef("other", VOLUME.name());

        assertThat(failure(() -> driver.volumes().create(call, elsewhere, SIZE)).code())
                .isEqualTo("volume.other-datastore");
        assertThat(failure(() -> driver.volumes().find(elsewhere)).code()).isEqualTo("volume.other-datastore");
        assertThat(failure(() -> driver.ledger().find(elsewhere)).code()).isEqualTo("volume.other-datastore");
        assertThat(failure(() -> driver.attachments().hosts(elsewhere)).code()).isEqualTo("volume.other-datastore");
        assertThat(world.transport.commands()).isEmpty();
    }

    @Test
    void deleteWithAHostThatCanNotBeReachedLooksAtTheOthers() {
        driver.volumes().create(call, VOLUME, SIZE);
        world.transport.unreachable.add(first);
        driver.attachments().attach(call, VOLUME, second);

        assertThat(failure(() -> driver.volumes().delete(call, VOLUME)).code()).isEqualTo("volume.attached");

        driver.attachments().detach(call, VOLUME, second);
        driver.volumes().delete(call, VOLUME);
        assertThat(driver.volumes().find(VOLUME)).isEmpty();
    }

    @Test
    void deleteIsRefusedWhileItIsUnknownWhetherAHostHasTheVolume() {
        driver.volumes().create(call, VOLUME, SIZE);
        world.transport.loseOnce(withWord("--list"), false);

        assertThat(failure(() -> driver.volumes().delete(call, VOLUME)).isUnknownOutcome())
                .isTrue();
        assertThat(driver.volumes().find(VOLUME)).isPresent();
    }

    @Test
    void anotherHostsDeviceInTheListIsNotThisHosts() {
        driver.volumes().create(call, VOLUME, SIZE);
        var device = driver.attachments().attach(call, VOLUME, first);

        assertThat(driver.attachments().device(VOLUME, second)).isEmpty();
        driver.attachments().detach(call, VOLUME, second);

        assertThat(driver.attachments().device(VOLUME, first)).contains(device);
    }

    @Test
    void attachDoesNotAnswerADeviceThatIsAboutToGo() {
        driver.volumes().create(call, VOLUME, SIZE);
        var device = driver.attachments().attach(call, VOLUME, first);
        var node = world.programs.kernel.node("h1", device.path()).orElseThrow();
        try (var holder = world.hold(first, device)) {
            assertThat(holder).isNotNull();
            world.programs.kernel.detach(node);

            assertThat(failure(() -> driver.attachments().attach(call, VOLUME, first))
                            .code())
                    .isEqualTo("volume.attach-failed");
        }

        assertThat(driver.attachments().attach(call, VOLUME, first)).isNotEqualTo(device);
    }

    @Test
    void aHolderThatNoProcessShowsIsNoticedAllTheSame() {
        driver.volumes().create(call, VOLUME, SIZE);
        var device = driver.attachments().attach(call, VOLUME, first);
        world.programs.hideHolders = true;
        try (var holder = world.hold(first, device)) {
            assertThat(holder).isNotNull();
            assertThat(failure(() -> driver.attachments().detach(call, VOLUME, first))
                            .code())
                    .isEqualTo("volume.in-use");
        }
    }

    @Test
    void aDeviceOfTheWrongSizeIsNotAnsweredAndNotLeft() {
        driver.volumes().create(call, VOLUME, SIZE);
        world.transport.answerOnce(withWord("device-size"), 0, "");
        world.transport.answerOnce(withWord("device-size"), 0, "");

        assertThat(failure(() -> driver.attachments().attach(call, VOLUME, first))
                        .code())
                .isEqualTo("volume.attach-failed");
        assertThat(driver.attachments().hosts(VOLUME)).isEmpty();
    }

    @Test
    void aVolumeThatGrewElsewhereIsAnsweredWithItsNewSize() {
        driver.volumes().create(call, VOLUME, SIZE);
        var device = driver.attachments().attach(call, VOLUME, second);
        world.transport.unreachable.add(second);
        driver.volumes().grow(call, VOLUME, DataSize.ofMebibytes(4));
        world.transport.unreachable.clear();
        assertThat(world.size(second, device)).isEqualTo(SIZE);

        driver.attachments().attach(call, VOLUME, second);

        assertThat(world.size(second, device)).isEqualTo(DataSize.ofMebibytes(4));
    }

    @Test
    void aDeviceOverADeletedFileIsTakenAwayButNeverAnswered() throws IOException {
        driver.volumes().create(call, VOLUME, SIZE);
        var stale = driver.attachments().attach(call, VOLUME, first);
        Files.move(world.folder.resolve("berth-abcdefgh.img"), world.folder.resolve("moved"));
        driver.volumes().create(call, VOLUME, SIZE);

        assertThat(driver.attachments().device(VOLUME, first)).isEmpty();
        assertThat(driver.attachments().attach(call, VOLUME, first)).isNotEqualTo(stale);
        driver.attachments().detach(call, VOLUME, first);

        assertThat(world.programs.kernel.all()).isEmpty();
    }

    @Test
    void losetupsOwnErrorReachesTheReader() {
        driver.volumes().create(call, VOLUME, SIZE);
        world.transport.answerOnce(withWord("--find"), 1, "losetup: cannot find an unused loop device");

        var failure = failure(() -> driver.attachments().attach(call, VOLUME, first));

        assertThat(failure.code()).isEqualTo("volume.attach-failed");
        assertThat(failure.output()).containsExactly("losetup: cannot find an unused loop device");
        assertThat(failure.command())
                .hasValueSatisfying(command -> assertThat(command).startsWith("losetup --find"));
    }

    private static Failure failure(ThrowingCallable attempt) {
        var failure = catchThrowableOfType(Failure.class, attempt);
        assertThat(failure).as("a failure that should have come").isNotNull();
        assertThat(failure.next()).isNotBlank();
        return failure;
    }
}
