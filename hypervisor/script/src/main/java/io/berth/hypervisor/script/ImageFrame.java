package io.berth.hypervisor.script;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.hypervisor.ImageHeader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What stands before a guest's memory, which is in a form that only its hypervisor knows: some lines of text, then the
 * guest's definition. It takes the device's first MiB.
 *
 * @param complete whether memory is there to its end
 * @param length of the memory behind {@link #ROOM}; zero until complete
 */
record ImageFrame(boolean complete, UUID vm, boolean ownerPaused, DataSize length, String definition) {
    /** Where memory begins. */
    static final DataSize ROOM = DataSize.ofMebibytes(1);

    /** The lines at most. */
    static final int HEAD = 4096;

    private static final int LONGEST_DEFINITION = 400 << 10;
    private static final String MAGIC = "berth script image\n";
    private static final Pattern LINES = Pattern.compile("""
            version 1
            form (partial|complete)
            vm ([0-9a-f-]{36})
            owner-paused (yes|no)
            length ([0-9]{1,18})
            definition ([0-9]{1,6}) ([0-9a-f]{64})
            """);

    /** @throws Failure {@code vm.definition-too-long} (HYPERVISOR) */
    byte[] encode() {
        var text = definition.getBytes(StandardCharsets.UTF_8);
        if (text.length > LONGEST_DEFINITION) {
            throw Failure.of(FailureKind.HYPERVISOR, "vm.definition-too-long", "the guest can't be saved")
                    .why("its definition has " + text.length + " bytes, more than " + LONGEST_DEFINITION)
                    .next("let the script 'definition' print less")
                    .build();
        }
        var lines = """
                %sversion 1
                form %s
                vm %s
                owner-paused %s
                length %d
                definition %d %s
                """.formatted(
                        MAGIC,
                        complete ? "complete" : "partial",
                        vm,
                        ownerPaused ? "yes" : "no",
                        length.bytes(),
                        text.length,
                        digest(text))
                .getBytes(StandardCharsets.UTF_8);
        var bytes = Arrays.copyOf(lines, lines.length + text.length);
        System.arraycopy(text, 0, bytes, lines.length, text.length);
        return bytes;
    }

    /** What the head of a device says, and what is still needed to know all of it. */
    sealed interface Reading {}

    record Nothing(ImageHeader.Form form) implements Reading {}

    /** @param bytes from the device's begin on, to be read and given to {@link #read} */
    record More(int bytes) implements Reading {}

    record Whole(ImageFrame frame) implements Reading {}

    /** @param bytes from the device's begin on; {@link #HEAD} of them at first */
    static Reading read(byte[] bytes) {
        var head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
        if (!head.startsWith(MAGIC)) {
            return new Nothing(ImageHeader.Form.NONE);
        }
        var lines = LINES.matcher(head).region(MAGIC.length(), head.length());
        if (!lines.lookingAt()) {
            return new Nothing(ImageHeader.Form.UNSUPPORTED);
        }
        var end = lines.end() + Integer.parseInt(lines.group(5));
        if (end - lines.end() > LONGEST_DEFINITION) {
            return new Nothing(ImageHeader.Form.UNSUPPORTED);
        }
        if (end > bytes.length) {
            return new More(end);
        }
        var text = Arrays.copyOfRange(bytes, lines.end(), end);
        return digest(text).equals(lines.group(6))
                ? new Whole(new ImageFrame(
                        lines.group(1).equals("complete"),
                        UUID.fromString(lines.group(2)),
                        lines.group(3).equals("yes"),
                        new DataSize(Long.parseLong(lines.group(4))),
                        new String(text, StandardCharsets.UTF_8)))
                : new Nothing(ImageHeader.Form.UNSUPPORTED);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
