package io.berth.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageLengthTest {
    private static final byte[] TAIL = Golden.unpacked("stream-tail.bin.gz");
    private static final int SIZE = 3 << 20;
    private static final DevicePath DEVICE = new DevicePath("/dev/loop7");

    private final FakeLibvirtHost host = new FakeLibvirtHost();
    private final ImageLength length = new ImageLength(new DeviceBytes(host));

    @Test
    void theEndOfARealStreamIsRecognisedToTheByte() {
        assertThat(StreamEnd.endsWithDescription(TAIL)).isTrue();
        assertThat(StreamEnd.endsWithDescription(Arrays.copyOf(TAIL, TAIL.length - 1)))
                .isFalse();
        assertThat(StreamEnd.endsWithDescription(Arrays.copyOf(TAIL, TAIL.length + 1)))
                .isFalse();
        assertThat(StreamEnd.endsWithDescription(Arrays.copyOfRange(TAIL, TAIL.length - 1000, TAIL.length)))
                .as("only the JSON's end")
                .isFalse();
        assertThat(StreamEnd.endsWithDescription(new byte[0])).isFalse();
    }

    @Test
    void theLengthIsExactWhereverTheImageEnds() {
        for (var end : new int[] {TAIL.length, 524_288, 524_289, 1_000_001, 2 << 20, SIZE - 4096}) {
            image(end);
            var counted = Math.ceilDiv(end, 4096) * 4096L + 4096;
            assertThat(find(counted)).as("image of %d", end).isEqualTo(end);
        }
    }

    @Test
    void anEndNearTheCountIsFoundInOneRead() {
        image(1_000_001);
        assertThat(find(1_003_520)).isEqualTo(1_000_001);
        assertThat(host.words()).containsExactly("device-read");
    }

    @Test
    void anEndFarBeforeTheCountIsFoundToo() {
        image(1_000_001);
        assertThat(find(2 << 20)).isEqualTo(1_000_001);
    }

    @Test
    void withoutACountTheWholeDeviceIsTheBound() {
        image(1_000_000);
        assertThat(length.find(FakeLibvirtHost.NAME, DEVICE, new DataSize(SIZE), OptionalLong.empty())
                        .bytes())
                .isEqualTo(SIZE);
    }

    @Test
    void aCountThatIsTooLowNeverCutsTheImageOff() {
        image(1_000_001);
        assertThat(find(500_000)).isGreaterThanOrEqualTo(1_000_001);
        assertThat(find(1)).isGreaterThanOrEqualTo(1_000_001);
    }

    @Test
    void aStreamWithoutDescriptionIsBoundedByTheCount() {
        image(1_000_001);
        host.device[1_000_000] = 'x';
        assertThat(find(1_003_520)).isEqualTo(1_003_520);
    }

    @Test
    void anEndThatTheGuestPutIntoItsMemoryDoesNotCount() {
        image(2_000_000);
        System.arraycopy(TAIL, 0, host.device, 600_000, TAIL.length);
        assertThat(find(2_004_992)).isEqualTo(2_000_000);
    }

    private long find(long counted) {
        return length.find(FakeLibvirtHost.NAME, DEVICE, new DataSize(SIZE), OptionalLong.of(counted))
                .bytes();
    }

    /** Memory without zeroes, then the last part of a real stream. */
    private void image(int end) {
        host.device = new byte[SIZE];
        var memory = new byte[end];
        new Random(end).nextBytes(memory);
        System.arraycopy(memory, 0, host.device, 0, end);
        System.arraycopy(TAIL, 0, host.device, end - TAIL.length, TAIL.length);
    }
}
