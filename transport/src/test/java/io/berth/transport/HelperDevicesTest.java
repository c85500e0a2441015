package io.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.host.HostDevices;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On real loop devices: needs root, as the helper does. */
@Timeout(60)
final class HelperDevicesTest {
    private static final int MEBIBYTE = 1024 * 1024;
    /** No multiple of anything but a sector. */
    private static final int SIZE = 9 * MEBIBYTE + 512;

    @TempDir
    Path folder;

    private final Call call = LocalHost.call(LocalHost.newVm(), 1, "operation1");
    private LocalHost host;
    private HelperDevices devices;
    private LoopDevice loop;
    private DevicePath device;

    @BeforeEach
    void attach() throws Exception {
        host = new LocalHost(folder.resolve("state"));
        devices = new HelperDevices(host.transport);
        loop = new LoopDevice(folder.resolve("volume"), SIZE);
        device = new DevicePath(loop.path);
    }

    @AfterEach
    void detach() throws Exception {
        host.close();
        loop.close();
    }

    @Test
    void theSizeIsTheDevicesNotTheFilesBlocks() {
        assertThat(devices.size(LocalHost.HOST, device)).isEqualTo(new DataSize(SIZE));
    }

    @Test
    void anyRangeIsReadExactly() throws Exception {
        var content = fill();
        for (var range : new int[][] {
            {0, 16},
            {1, 1},
            {4095, 2},
            {0, SIZE},
            {SIZE - 1, 1},
            {SIZE - 700, 700},
            {4 * MEBIBYTE - 1, 4 * MEBIBYTE + 2},
            {5, 0}
        }) {
            var expected = Arrays.copyOfRange(content, range[0], range[0] + range[1]);
            assertThat(devices.read(LocalHost.HOST, device, range[0], range[1])).isEqualTo(expected);
            assertThat(devices.digest(call, LocalHost.HOST, device, range[0], new DataSize(range[1])))
                    .isEqualTo(Digests.sha256(expected));
        }
    }

    @Test
    void aRangeBeyondTheEndIsShort() {
        assertThatThrownBy(() -> devices.read(LocalHost.HOST, device, SIZE - 10, 11))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("device.short") && failure.kind() == FailureKind.STORAGE);
        assertThatThrownBy(() -> devices.digest(call, LocalHost.HOST, device, 1, new DataSize(SIZE)))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("device.short"));
        assertThatThrownBy(() -> devices.read(LocalHost.HOST, device, SIZE + 4096L, 1))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("device.short"));
    }

    @Test
    void aSampleIsWrittenWhereItWasAskedAndNowhereElse() throws Exception {
        var content = fill();
        for (var offset : new int[] {0, 4095, SIZE - 700}) {
            var sample = new byte[700];
            new Random(offset).nextBytes(sample);
            System.arraycopy(sample, 0, content, offset, sample.length);
            devices.write(call, LocalHost.HOST, device, offset, sample);
        }
        devices.flush(call, LocalHost.HOST, device);

        assertThat(devices.read(LocalHost.HOST, device, 0, SIZE)).isEqualTo(content);
    }

    @Test
    void aSampleThatDoesNotFitChangesNothing() throws Exception {
        var content = fill();
        devices.flush(call, LocalHost.HOST, device);

        assertThatThrownBy(() -> devices.write(call, LocalHost.HOST, device, SIZE - 10, new byte[11]))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("device.short"));
        assertThat(devices.read(LocalHost.HOST, device, 0, SIZE)).isEqualTo(content);
    }

    @Test
    void moreThanTheLimitIsNotTakenFromAnybody() throws Exception {
        var content = fill();
        devices.flush(call, LocalHost.HOST, device);
        var tooMuch = new byte[HostDevices.WRITE_LIMIT + 1];

        assertThatThrownBy(() -> devices.write(call, LocalHost.HOST, device, 0, tooMuch))
                .isInstanceOf(IllegalArgumentException.class);
        var answer = host.transport.run(
                LocalHost.HOST,
                HelperCommand.changing(call, "device-write", loop.path, "0").withStdin(tooMuch));
        assertThat(answer.succeeded()).isFalse();
        assertThat(devices.read(LocalHost.HOST, device, 0, SIZE)).isEqualTo(content);
    }

    @Test
    void readingGoesPastThePageCache() throws Exception {
        fill();
        devices.flush(call, LocalHost.HOST, device);
        // Another writer at the storage: this machine's cache of the device knows nothing of it.
        try (var reader = FileChannel.open(Path.of(loop.path), StandardOpenOption.READ)) {
            reader.read(ByteBuffer.allocate(8192), 0);
            try (var file = FileChannel.open(loop.file, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap("changed".getBytes(StandardCharsets.US_ASCII)), 100);
            }
            assertThat(devices.read(LocalHost.HOST, device, 100, 7)).asString().isEqualTo("changed");
        }
    }

    @Test
    void droppingTheCacheShowsWhatAnotherHostWrote() throws Exception {
        fill();
        devices.flush(call, LocalHost.HOST, device);
        try (var reader = FileChannel.open(Path.of(loop.path), StandardOpenOption.READ)) {
            reader.read(ByteBuffer.allocate(8192), 0);
            try (var file = FileChannel.open(loop.file, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap("changed".getBytes(StandardCharsets.US_ASCII)), 100);
            }
            var seen = ByteBuffer.allocate(7);
            reader.read(seen, 100);
            assertThat(seen.array()).asString().isNotEqualTo("changed");
            devices.dropCache(call, LocalHost.HOST, device);
            seen.clear();
            reader.read(seen, 100);
            assertThat(seen.array()).asString().isEqualTo("changed");
        }
    }

    @Test
    void clearingMakesOldContentUnreadableAndTheDevicePrivate() throws Exception {
        fill();
        Programs.run("chmod", "0666", loop.path);
        devices.clear(call, LocalHost.HOST, device);
        assertThat(devices.read(LocalHost.HOST, device, 0, SIZE)).containsOnly(0);
        assertThat(Programs.run("stat", "-c", "%a", loop.path).strip()).isEqualTo("600");
    }

    @Test
    void aDeviceSmallerThanItsEdgesIsClearedToo() throws Exception {
        var small = Files.write(folder.resolve("small"), new byte[] {1, 2, 3});
        devices.clear(call, LocalHost.HOST, new DevicePath(small.toString()));
        assertThat(Files.readAllBytes(small)).containsExactly(0, 0, 0);
    }

    @Test
    void discardingGivesTheSpaceBehindAnImageBackAndNotAByteOfTheImage() throws Exception {
        var content = fill();
        devices.flush(call, LocalHost.HOST, device);
        var image = 3 * MEBIBYTE + 1;
        devices.discardFrom(call, LocalHost.HOST, device, image);
        assertThat(devices.read(LocalHost.HOST, device, 0, image)).isEqualTo(Arrays.copyOf(content, image));
        assertThat(Long.parseLong(Programs.run("stat", "-c", "%b", loop.file.toString())
                                .strip())
                        * 512)
                .isLessThan(4L * MEBIBYTE);
    }

    @Test
    void aFileServesAsADevice() throws Exception {
        var content = new byte[3 * MEBIBYTE + 5];
        new Random(7).nextBytes(content);
        var path = Files.write(folder.resolve("a file [*] with 'marks'"), content);
        var file = new DevicePath(path.toString());

        assertThat(devices.size(LocalHost.HOST, file).bytes()).isEqualTo(content.length);
        devices.flush(call, LocalHost.HOST, file);
        devices.dropCache(call, LocalHost.HOST, file);
        assertThat(devices.read(LocalHost.HOST, file, 4095, MEBIBYTE))
                .isEqualTo(Arrays.copyOfRange(content, 4095, 4095 + MEBIBYTE));
        assertThat(devices.digest(call, LocalHost.HOST, file, 0, new DataSize(content.length)))
                .isEqualTo(Digests.sha256(content));

        devices.discardFrom(call, LocalHost.HOST, file, MEBIBYTE + 1);
        devices.discardFrom(call, LocalHost.HOST, file, 2 * MEBIBYTE);
        assertThat(Files.readAllBytes(path)).isEqualTo(Arrays.copyOf(content, MEBIBYTE + 1));

        Programs.run("chmod", "0666", path.toString());
        devices.clear(call, LocalHost.HOST, file);
        assertThat(Files.readAllBytes(path)).isEqualTo(new byte[MEBIBYTE + 1]);
        assertThat(Programs.run("stat", "-c", "%a %b", path.toString()).strip()).isEqualTo("600 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4096, 4097, 4 * MEBIBYTE + 4096, 8 * MEBIBYTE + 700, SIZE})
    void whatIsCopiedIsTheSameByteForByteAndNothingBehindItChanges(int length) throws Exception {
        var content = fill();
        var old = new byte[SIZE + 4096];
        Arrays.fill(old, (byte) 'x');
        var file = new DevicePath(Files.write(folder.resolve("a file"), old).toString());

        devices.copy(call, LocalHost.HOST, device, file, new DataSize(length));

        assertThat(devices.read(LocalHost.HOST, file, 0, length)).isEqualTo(Arrays.copyOf(content, length));
        var end = (length + 4095) / 4096 * 4096;
        assertThat(devices.read(LocalHost.HOST, file, end, old.length - end)).containsOnly('x');
    }

    @Test
    void aFileIsCopiedOntoADeviceToItsLastSector() throws Exception {
        fill();
        var content = new byte[SIZE];
        new Random(7).nextBytes(content);
        var file = new DevicePath(Files.write(folder.resolve("a file"), content).toString());
        var told = new AtomicLong();

        devices.copy(call.with((done, all) -> told.set(all.bytes())), LocalHost.HOST, file, device, new DataSize(SIZE));
        devices.flush(call, LocalHost.HOST, device);

        assertThat(devices.read(LocalHost.HOST, device, 0, SIZE)).isEqualTo(content);
        assertThat(told.get()).isIn(0L, (long) SIZE);
    }

    @Test
    void aCopyThatDoesNotFitChangesNothing() throws Exception {
        var content = fill();
        devices.flush(call, LocalHost.HOST, device);
        var larger = new DevicePath(
                Files.write(folder.resolve("larger"), new byte[SIZE + 1]).toString());

        for (var length : new long[] {SIZE + 1L, SIZE + 2L}) {
            assertThatThrownBy(() -> devices.copy(call, LocalHost.HOST, larger, device, new DataSize(length)))
                    .asInstanceOf(type(Failure.class))
                    .matches(failure -> failure.is("device.short"));
        }
        assertThat(devices.read(LocalHost.HOST, device, 0, SIZE)).isEqualTo(content);
    }

    @Test
    void aCopyThatIsCutShortLeavesNoHeadNotEvenAnOldOne() throws Exception {
        fill();
        var full = Files.createDirectory(folder.resolve("full"));
        Programs.run("mount", "-t", "tmpfs", "-o", "size=2m", "none", full.toString());
        try {
            var file = full.resolve("thin");
            Files.write(file, new byte[] {1, 2, 3});
            Programs.run("truncate", "-s", Integer.toString(SIZE), file.toString());

            assertThatThrownBy(() -> devices.copy(
                            call, LocalHost.HOST, device, new DevicePath(file.toString()), new DataSize(SIZE)))
                    .asInstanceOf(type(Failure.class))
                    .matches(failure -> failure.is("host.full"));

            assertThat(devices.read(LocalHost.HOST, new DevicePath(file.toString()), 0, 4096))
                    .containsOnly(0);
        } finally {
            Programs.run("umount", full.toString());
        }
    }

    @Test
    void aFlushFailsWhenAWriteWasLost() throws Exception {
        var full = Files.createDirectory(folder.resolve("full"));
        Programs.run("mount", "-t", "tmpfs", "-o", "size=2m", "none", full.toString());
        try (var thin = new LoopDevice(full.resolve("thin"), 16L * MEBIBYTE)) {
            // More than the file system under the device can hold: the kernel takes it, and loses it when writing back.
            try (var writer = FileChannel.open(Path.of(thin.path), StandardOpenOption.WRITE)) {
                writer.write(ByteBuffer.wrap(new byte[8 * MEBIBYTE + 1]));
                assertThatThrownBy(() -> devices.flush(call, LocalHost.HOST, new DevicePath(thin.path)))
                        .asInstanceOf(type(Failure.class))
                        .matches(failure -> failure.is("device.flush-failed"))
                        .matches(failure -> failure.kind() == FailureKind.STORAGE);
            }
        } finally {
            Programs.run("umount", full.toString());
        }
    }

    @Test
    void whatIsNoDeviceIsNotTouched() throws Exception {
        for (var path : new String[] {folder.toString(), "/dev/null", "/no/such/device"}) {
            assertThatThrownBy(() -> devices.clear(call, LocalHost.HOST, new DevicePath(path)))
                    .asInstanceOf(type(Failure.class))
                    .matches(failure -> failure.kind() == FailureKind.ENVIRONMENT);
        }
        assertThatThrownBy(() -> devices.size(LocalHost.HOST, new DevicePath("/no/such/device")))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("host.absent"));
    }

    @Test
    void prefetchingReadsTheWholeRangeAndSaysWhenTheDeviceEndsBefore() throws Exception {
        fill();
        devices.dropCache(call, LocalHost.HOST, device);
        assertThat(host.read("berth-host", "device-prefetch", loop.path, Integer.toString(SIZE))
                        .succeeded())
                .isTrue();
        assertThat(host.read("berth-host", "device-prefetch", loop.path, Long.toString(SIZE + 1L))
                        .exitCode())
                .isEqualTo(HelperCommand.SHORT);
    }

    private byte[] fill() throws IOException {
        var content = new byte[SIZE];
        new Random(42).nextBytes(content);
        Files.write(Path.of(loop.path), content, StandardOpenOption.WRITE);
        return content;
    }
}
