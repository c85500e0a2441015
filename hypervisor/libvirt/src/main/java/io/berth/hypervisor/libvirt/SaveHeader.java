package io.berth.hypervisor.libvirt;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.hypervisor.ImageHeader;
import io.berth.driver.hypervisor.ImageHeader.Form;
import io.berth.driver.xml.Xml;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.w3c.dom.Document;

/**
 * The head of a saved image as libvirt's QEMU driver lays it out (seen with 9.0 and 11.3): 16 bytes of magic, nineteen
 * 32-bit little-endian numbers (version, length of the XML area, was-running, compression, offset of the cookie in the
 * area, fourteen unused), then the XML area: the definition, a zero byte, the cookie, a zero byte, slack. QEMU's stream
 * follows at once.
 *
 * <p>The reader accepts less than libvirt does: what is not exactly an uncompressed version 2 image with zeroes where
 * zeroes belong, sound XML and the mark of QEMU's stream behind it isn't restored from by guess.
 */
final class SaveHeader {
    /** Bytes before the XML area. */
    static final int FIXED = 92;

    /** Bytes behind the area that the reader wants to see: the mark of QEMU's stream and its version. */
    static final int STREAM_MARK = 8;

    static final byte[] COMPLETE = "LibvirtQemudSave".getBytes(StandardCharsets.US_ASCII);
    static final byte[] PARTIAL = "LibvirtQemudPart".getBytes(StandardCharsets.US_ASCII);

    private static final int MAGIC = COMPLETE.length;
    private static final int VERSION = 2;
    private static final int RAW = 0;
    private static final int LONGEST_AREA = Xml.LONGEST + (256 << 10);
    private static final long QEMU_STREAM_VERSION_3 = 0x5145564d_00000003L;

    private final Form form;
    private final int areaLength;
    private final boolean running;
    private final int cookieOffset;

    private SaveHeader(Form form, int areaLength, boolean running, int cookieOffset) {
        this.form = form;
        this.areaLength = areaLength;
        this.running = running;
        this.cookieOffset = cookieOffset;
    }

    /** Reads the fixed part. Fewer than {@link #FIXED} bytes are no header. */
    static SaveHeader ofFixedPart(byte[] bytes) {
        if (bytes.length < FIXED) {
            return new SaveHeader(Form.NONE, 0, false, 0);
        }
        var magic = Arrays.copyOf(bytes, MAGIC);
        var complete = Arrays.equals(magic, COMPLETE);
        if (!complete && !Arrays.equals(magic, PARTIAL)) {
            return new SaveHeader(Form.NONE, 0, false, 0);
        }
        var numbers = ByteBuffer.wrap(bytes, MAGIC, FIXED - MAGIC).order(ByteOrder.LITTLE_ENDIAN);
        var version = numbers.getInt();
        var area = numbers.getInt();
        var running = numbers.getInt();
        var compression = numbers.getInt();
        var cookie = numbers.getInt();
        var sound = version == VERSION && area > 0 && area <= LONGEST_AREA && compression == RAW;
        sound &= running == 0 || running == 1;
        sound &= cookie >= 0 && cookie < area;
        while (numbers.hasRemaining()) {
            sound &= numbers.getInt() == 0;
        }
        if (!sound) {
            return new SaveHeader(Form.UNSUPPORTED, 0, false, 0);
        }
        return new SaveHeader(complete ? Form.COMPLETE : Form.PARTIAL, area, running == 1, cookie);
    }

    Form form() {
        return form;
    }

    /** Where memory begins; meaningless unless the form is complete or partial. */
    int dataOffset() {
        return FIXED + areaLength;
    }

    /**
     * Reads on.
     *
     * @param bytes from the start of the device; an image that ends before {@link #dataOffset} + {@link #STREAM_MARK}
     *     bytes is refused
     */
    ImageHeader read(byte[] bytes) {
        return switch (form) {
            case NONE, UNSUPPORTED -> without(form);
            case PARTIAL -> new ImageHeader(form, definition(bytes).orElse(""), new DataSize(dataOffset()), !running);
            case COMPLETE ->
                definition(bytes)
                        .filter(text -> cookieIsSound(bytes, text) && streamFollows(bytes))
                        .map(text -> new ImageHeader(form, text, new DataSize(dataOffset()), !running))
                        .orElseGet(() -> without(Form.UNSUPPORTED));
        };
    }

    private static ImageHeader without(Form form) {
        return new ImageHeader(form, "", DataSize.ZERO, false);
    }

    private Optional<String> definition(byte[] bytes) {
        return terminated(bytes, 0).filter(text -> root(text, "domain"));
    }

    private boolean cookieIsSound(byte[] bytes, String definition) {
        if (cookieOffset == 0) {
            return true;
        }
        return cookieOffset == definition.getBytes(StandardCharsets.UTF_8).length + 1
                && terminated(bytes, cookieOffset)
                        .filter(text -> root(text, "cookie"))
                        .isPresent();
    }

    private boolean streamFollows(byte[] bytes) {
        return bytes.length >= dataOffset() + STREAM_MARK
                && ByteBuffer.wrap(bytes, dataOffset(), STREAM_MARK).getLong() == QEMU_STREAM_VERSION_3;
    }

    /** The text at {@code offset} of the area up to its zero byte. */
    private Optional<String> terminated(byte[] bytes, int offset) {
        var end = Math.min(bytes.length, dataOffset());
        for (var i = FIXED + offset; i < end; i++) {
            if (bytes[i] == 0) {
                return utf8(bytes, FIXED + offset, i);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> utf8(byte[] bytes, int from, int to) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString());
        } catch (CharacterCodingException broken) {
            return Optional.empty();
        }
    }

    private static boolean root(String text, String name) {
        try {
            Document document = Xml.parse(text);
            return document.getDocumentElement().getTagName().equals(name);
        } catch (Failure broken) {
            return false;
        }
    }
}
