package io.berth.hypervisor.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.hypervisor.ImageHeader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ImageFrameTest {
    private static final UUID VM = UUID.fromString("b67d8f3e-0f2f-4a55-9a3a-0d9e6a2d3c11");

    private static ImageFrame frame(String definition) {
        return new ImageFrame(true, VM, true, DataSize.ofMebibytes(3), definition);
    }

    @Test
    void whatIsWrittenIsRead() {
        var frame = frame("<machine>\u00e4</machine>");

        assertThat(ImageFrame.read(Arrays.copyOf(frame.encode(), ImageFrame.HEAD)))
                .isEqualTo(new ImageFrame.Whole(frame));
    }

    @Test
    void aLongDefinitionIsAskedForInASecondPiece() {
        var frame = frame("x".repeat(100_000));
        var bytes = Arrays.copyOf(frame.encode(), 1 << 20);

        var more = (ImageFrame.More) ImageFrame.read(Arrays.copyOf(bytes, ImageFrame.HEAD));

        assertThat(ImageFrame.read(Arrays.copyOf(bytes, more.bytes()))).isEqualTo(new ImageFrame.Whole(frame));
    }

    @Test
    void aDefinitionThatDoesNotFitBeforeTheMemoryIsRefused() {
        assertThatThrownBy(() -> frame("x".repeat(1 << 20)).encode())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("vm.definition-too-long"));
    }

    @Test
    void zeroesAndOtherContentAreNoImage() {
        var nothing = new ImageFrame.Nothing(ImageHeader.Form.NONE);

        assertThat(ImageFrame.read(new byte[ImageFrame.HEAD])).isEqualTo(nothing);
        assertThat(ImageFrame.read(new byte[0])).isEqualTo(nothing);
        assertThat(ImageFrame.read("LibvirtQemudSave".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(nothing);
    }

    @Test
    void aDamagedHeadAndANewerOneAreNotTakenForAnImage() {
        var bytes = frame("<machine/>").encode();
        var unsupported = new ImageFrame.Nothing(ImageHeader.Form.UNSUPPORTED);

        var damaged = bytes.clone();
        damaged[bytes.length - 2] ^= 1;
        assertThat(ImageFrame.read(damaged)).isEqualTo(unsupported);
        var newer = new String(bytes, StandardCharsets.UTF_8).replace("version 1", "version 2");
        assertThat(ImageFrame.read(newer.getBytes(StandardCharsets.UTF_8))).isEqualTo(unsupported);
        var endless = new String(bytes, StandardCharsets.UTF_8).replaceFirst("definition [0-9]+", "definition 999999");
        assertThat(ImageFrame.read(endless.getBytes(StandardCharsets.UTF_8))).isEqualTo(unsupported);
    }
}
