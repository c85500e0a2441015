package io.berth.transport;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Writes a command as the payload of a START frame, byte for byte as it was given. */
final class StartRequest {
    private static final int CHANGING = 1;
    private static final int ARGUMENT_LIMIT = 1024;

    private final HostRef host;
    private final HostCommand command;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private StartRequest(HostRef host, HostCommand command) {
        this.host = host;
        this.command = command;
    }

    /** @throws Failure {@code host.bad-command} (BUG) when it can't be said in a frame */
    static byte[] payload(HostRef host, HostCommand command) {
        return new StartRequest(host, command).write();
    }

    private byte[] write() {
        var token = command.token();
        bytes.write(token.isPresent() ? CHANGING : 0);
        token.ifPresent(right -> {
            name(right.vm().uuid().toString());
            number(right.epoch(), Long.BYTES);
            name(right.operation().id());
        });
        var arguments = command.argv();
        if (arguments.isEmpty() || arguments.size() > ARGUMENT_LIMIT) {
            throw bad("it has " + arguments.size() + " arguments");
        }
        number(arguments.size(), Short.BYTES);
        for (var argument : arguments) {
            var encoded = encode(argument);
            number(encoded.length, Integer.BYTES);
            bytes.writeBytes(encoded);
        }
        var stdin = command.stdin();
        number(stdin.length, Integer.BYTES);
        bytes.writeBytes(stdin);
        if (bytes.size() > FrameCodec.REQUEST_LIMIT - Long.BYTES) {
            throw bad("arguments and standard input are " + bytes.size() + " bytes, more than "
                    + FrameCodec.REQUEST_LIMIT);
        }
        return bytes.toByteArray();
    }

    private void name(String text) {
        var encoded = encode(text);
        number(encoded.length, 1);
        bytes.writeBytes(encoded);
    }

    private void number(long value, int width) {
        var encoded = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        bytes.write(encoded, 0, width);
    }

    /** Refuses what would arrive as something else: a NUL ends an argument, and half a surrogate becomes '?'. */
    private byte[] encode(String text) {
        if (text.indexOf('\0') >= 0) {
            throw bad("an argument has a zero byte in it");
        }
        try {
            var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            var result = new byte[encoded.remaining()];
            encoded.get(result);
            return result;
        } catch (CharacterCodingException badText) {
            throw bad("an argument isn't well-formed Unicode");
        }
    }

    private Failure bad(String why) {
        return Failure.of(FailureKind.BUG, "host.bad-command", "A command could not be put into words")
                .host(host)
                .command(command.toString())
                .why(why)
                .build();
    }
}
