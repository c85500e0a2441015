package io.berth.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.hypervisor.ImageHeader;
import io.berth.driver.hypervisor.ImageHeader.Form;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SaveHeaderTest {
    private static final byte[] REAL = Golden.unpacked("snapshot-head.bin.gz");
    private static final String LIVE_CPU =
            GuestXml.parse(Golden.text("live.xml")).cpu().map(GuestXml::text).orElseThrow();

    @Test
    void libvirtsOwnHeadIsRead() {
        var header = read(REAL);
        assertThat(header.form()).isEqualTo(Form.COMPLETE);
        assertThat(header.ownerPaused()).isTrue();
        assertThat(header.dataOffset().bytes()).isEqualTo(67638);
        assertThat(header.definition().strip())
                .isEqualTo(Golden.text("migratable.xml").strip());
        assertThat(GuestXml.parse(header.definition()).name()).isEqualTo(Golden.NAME);
    }

    @Test
    void aComposedHeadIsUnfinishedAlignedAndSaysWhatItWasTold() {
        for (var running : new boolean[] {true, false}) {
            var head = composed(running);
            assertThat(head.length % SaveHeaderComposer.ALIGNMENT).isZero();
            assertThat(read(head).form()).isEqualTo(Form.PARTIAL);
            var header = read(complete(head));
            assertThat(header.form()).isEqualTo(Form.COMPLETE);
            assertThat(header.ownerPaused()).isEqualTo(!running);
            assertThat(header.dataOffset().bytes()).isEqualTo(head.length);
            assertThat(GuestXml.parse(header.definition()).uuid()).isEqualTo(Golden.GUEST);
        }
    }

    @Test
    void theCookieIsWhereLibvirtPutsIts() {
        var composed = composed(true);
        var cookie = ByteBuffer.wrap(composed).order(ByteOrder.LITTLE_ENDIAN).getInt(32);
        assertThat(new String(composed, SaveHeader.FIXED + cookie, 60, StandardCharsets.UTF_8))
                .startsWith("<cookie><cpu check='full' match='exact' mode='custom'>");
        assertThat(composed[SaveHeader.FIXED + cookie - 1]).isZero();
        var real = ByteBuffer.wrap(REAL).order(ByteOrder.LITTLE_ENDIAN).getInt(32);
        assertThat(new String(REAL, SaveHeader.FIXED + real, 8, StandardCharsets.UTF_8))
                .isEqualTo("<cookie>");
        assertThat(REAL[SaveHeader.FIXED + real - 1]).isZero();
    }

    @Test
    void anImageCutAtAnyLengthIsNeverTakenForAWholeOne() {
        for (var image : new byte[][] {REAL, complete(composed(true))}) {
            var whole = SaveHeader.ofFixedPart(image).dataOffset() + SaveHeader.STREAM_MARK;
            for (var length = 0; length < whole; length += length < 2048 ? 1 : 499) {
                assertThat(read(Arrays.copyOf(image, length)).form())
                        .as("%d bytes", length)
                        .isNotEqualTo(Form.COMPLETE);
            }
        }
    }

    @Test
    void noFlippedBitOfTheFixedPartIsTakenForARestorableImageExceptTheOwnersWish() {
        var image = complete(composed(true));
        for (var bit = 0; bit < SaveHeader.FIXED * 8; bit++) {
            var flipped = image.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            var header = read(flipped);
            if (bit == 24 * 8) {
                assertThat(header.ownerPaused()).isTrue();
            } else {
                assertThat(header.form()).as("bit %d", bit).isNotEqualTo(Form.COMPLETE);
            }
        }
    }

    @Test
    void flippedBitsAnywhereNeverCrashTheReaderNorMakeAnotherGuestOfIt() {
        var random = new Random(20260101);
        for (var round = 0; round < 500; round++) {
            var image = complete(composed(false));
            var flips = 1 + random.nextInt(4);
            for (var i = 0; i < flips; i++) {
                image[random.nextInt(6000)] ^= (byte) (1 << random.nextInt(8));
            }
            var header = read(image);
            if (header.form() == Form.COMPLETE) {
                assertThat(GuestXml.parse(header.definition())).isNotNull();
            } else if (header.form() != Form.PARTIAL) {
                assertThat(header.definition()).isEmpty();
            }
        }
    }

    @Test
    void randomBytesBehindTheMagicAreRefused() {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++) {
            var bytes = new byte[random.nextInt(8192)];
            random.nextBytes(bytes);
            System.arraycopy(SaveHeader.COMPLETE, 0, bytes, 0, Math.min(bytes.length, 16));
            assertThat(read(bytes).form()).isIn(Form.NONE, Form.UNSUPPORTED);
        }
    }

    @Test
    void newerVersionsOtherFormsAndAbsurdLengthsAreUnsupported() {
        assertThat(read(with(16, 3)).form()).isEqualTo(Form.UNSUPPORTED);
        assertThat(read(with(16, 1)).form()).isEqualTo(Form.UNSUPPORTED);
        assertThat(read(with(16, 0x02000000)).form()).as("big-endian").isEqualTo(Form.UNSUPPORTED);
        for (var compression = 1; compression <= 6; compression++) {
            assertThat(read(with(28, compression)).form()).isEqualTo(Form.UNSUPPORTED);
        }
        for (var length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 64 << 20}) {
            assertThat(read(with(20, length)).form()).as("length %d", length).isEqualTo(Form.UNSUPPORTED);
        }
        assertThat(read(with(24, 2)).form()).isEqualTo(Form.UNSUPPORTED);
        assertThat(read(with(32, -5)).form()).isEqualTo(Form.UNSUPPORTED);
        assertThat(read(with(88, 1)).form()).isEqualTo(Form.UNSUPPORTED);
    }

    @Test
    void anImageWithoutAStreamBehindItsHeadIsUnsupported() {
        var head = composed(true);
        System.arraycopy(SaveHeader.COMPLETE, 0, head, 0, 16);
        assertThat(read(Arrays.copyOf(head, head.length + 64)).form()).isEqualTo(Form.UNSUPPORTED);
    }

    @Test
    void aDefinitionThatIsNoDomainIsUnsupported() {
        var image = complete(SaveHeaderComposer.compose("<volume/>", "", true));
        assertThat(read(image).form()).isEqualTo(Form.UNSUPPORTED);
    }

    @Test
    void zeroesAndForeignDataAreNoImage() {
        assertThat(read(new byte[8192]).form()).isEqualTo(Form.NONE);
        assertThat(read("QFI\u0000".repeat(100).getBytes(StandardCharsets.UTF_8))
                        .form())
                .isEqualTo(Form.NONE);
    }

    private static byte[] composed(boolean running) {
        return SaveHeaderComposer.compose(Golden.text("migratable.xml"), LIVE_CPU, running);
    }

    /** As the stream writer leaves it: the magic changed, QEMU's stream behind. */
    static byte[] complete(byte[] head) {
        var image = Arrays.copyOf(head, head.length + 64);
        System.arraycopy(SaveHeader.COMPLETE, 0, image, 0, 16);
        ByteBuffer.wrap(image).putLong(head.length, 0x5145564d00000003L);
        return image;
    }

    private static byte[] with(int offset, int number) {
        var image = complete(composed(true));
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, number);
        return image;
    }

    private static ImageHeader read(byte[] bytes) {
        return SaveHeader.ofFixedPart(bytes).read(bytes);
    }
}
