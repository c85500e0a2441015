package io.berth.opennebula.message;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the core wants of the transfer manager for one VM, one command a line.
 *
 * @param commands in their order
 */
public record TransferFile(List<TransferCommand> commands) {
    /** In bytes. A VM of a thousand disks needs a tenth of it. */
    public static final int LARGEST = 4 << 20;

    /** In which this process hands arguments to programs; what isn't in it would reach them as question marks. */
    private static final Charset ARGUMENTS =
            Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.UTF_8);

    public TransferFile {
        commands = List.copyOf(commands);
    }

    /**
     * Reads a file and looks at all of it, so that none of it is done when a part of it can't be.
     *
     * @param file as the core names it
     * @param vm whose it is
     * @throws Failure {@code transfer.missing}, {@code transfer.unreadable}, {@code transfer.too-large}, {@code
     *     transfer.not-text}, {@code transfer.outside}
     */
    public static TransferFile read(String file, int vm) {
        return parse(text(file), vm, ARGUMENTS);
    }

    /** @throws Failure as {@link #read} */
    static TransferFile parse(String text, int vm, Charset arguments) {
        if (text.indexOf('\0') >= 0 || !arguments.newEncoder().canEncode(text)) {
            throw notText("not all that is in it can be an argument of a program in this locale, " + arguments);
        }
        var commands = TransferCommand.lines(text);
        commands.forEach(command -> VmPlace.check(command, vm));
        return new TransferFile(commands);
    }

    private static String text(String file) {
        try {
            var path = Path.of(file);
            if (Files.notExists(path)) {
                // The stock driver's words.
                throw unusable(FailureKind.ENVIRONMENT, "transfer.missing", named(file) + " does not exist", "");
            }
            if (!Files.isRegularFile(path)) {
                throw unreadable(file, "it is no file, or this user may not see it");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(path)))
                    .toString();
        } catch (CharacterCodingException binary) {
            throw notText("it isn't UTF-8");
        } catch (IOException | InvalidPathException problem) {
            throw unreadable(file, String.valueOf(problem.getMessage()));
        }
    }

    private static byte[] bytes(Path path) throws IOException {
        try (var stream = Files.newInputStream(path)) {
            var bytes = stream.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw unusable(
                        FailureKind.CALLER,
                        "transfer.too-large",
                        named(path.toString()) + " is too large",
                        "it has more than " + LARGEST + " bytes");
            }
            return bytes;
        }
    }

    private static String named(String file) {
        return "Transfer file '" + Printable.line(file) + "'";
    }

    private static Failure unreadable(String file, String why) {
        return unusable(FailureKind.ENVIRONMENT, "transfer.unreadable", named(file) + " can't be read", why);
    }

    private static Failure notText(String why) {
        return unusable(FailureKind.CALLER, "transfer.not-text", "The transfer file can't be used", why);
    }

    private static Failure unusable(FailureKind kind, String code, String what, String why) {
        return Failure.of(kind, code, what)
                .why(why)
                .next("the core writes it into the VM's folder; 'onevm recover --retry' makes it write it anew")
                .build();
    }
}
