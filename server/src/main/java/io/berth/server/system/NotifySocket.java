package io.berth.server.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A datagram socket of the unix kind that somebody else listens at. Java has stream sockets of that kind only, so the C
 * library is asked directly; numbers are Linux's (socket(2), unix(7)). Thread-safe.
 */
final class NotifySocket {
    private static final char ABSTRACT = '@';
    private static final int LONGEST_PATH = 107;

    private final byte[] address;

    private NotifySocket(byte[] address) {
        this.address = address;
    }

    /**
     * @param text a path, or {@code @} and a name that no file has
     * @return empty for an address of another kind, and for one that no socket can have
     */
    static Optional<NotifySocket> at(String text) {
        var address = text.getBytes(StandardCharsets.UTF_8);
        var isKnown = text.length() > 1 && (text.charAt(0) == ABSTRACT || text.charAt(0) == '/');
        if (!isKnown || address.length > LONGEST_PATH) {
            return Optional.empty();
        }
        if (text.charAt(0) == ABSTRACT) {
            address[0] = 0;
        }
        return Optional.of(new NotifySocket(address));
    }

    /** Waits while the other side has no room. */
    void send(String text) throws IOException {
        CLibrary.send(address, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Loaded by who has something to say, which costs some ten milliseconds. */
    private static final class CLibrary {
        private static final short AF_UNIX = 1;
        private static final int SOCK_DGRAM = 2;
        private static final int SOCK_CLOEXEC = 0x80000;
        private static final int MSG_NOSIGNAL = 0x4000;

        private static final StructLayout STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        private static final MethodHandle SOCKET =
                function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        private static final MethodHandle SENDTO = function(
                "sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
        private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

        private CLibrary() {}

        @SuppressWarnings("restricted") // berth is started with --enable-native-access
        private static MethodHandle function(String name, FunctionDescriptor type) {
            var linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
        }

        static void send(byte[] address, byte[] message) throws IOException {
            try (var arena = Arena.ofConfined()) {
                var state = arena.allocate(STATE);
                var socket = (int) SOCKET.invokeExact(state, (int) AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
                refuse("socket", socket, state);
                try {
                    var name = socketName(arena, address);
                    var sent = (long) SENDTO.invokeExact(
                            state,
                            socket,
                            arena.allocateFrom(JAVA_BYTE, message),
                            (long) message.length,
                            MSG_NOSIGNAL,
                            name,
                            (int) name.byteSize());
                    refuse("sendto", sent, state);
                } finally {
                    var _ = (int) CLOSE.invokeExact(state, socket);
                }
            } catch (IOException | RuntimeException | Error failed) {
                throw failed;
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible); // C throws nothing
            }
        }

        /** {@code sockaddr_un}: the family, then the name, which an abstract one's length belongs to. */
        private static MemorySegment socketName(Arena arena, byte[] address) {
            var name = arena.allocate(Short.BYTES + address.length);
            name.set(JAVA_SHORT, 0, AF_UNIX);
            MemorySegment.copy(address, 0, name, JAVA_BYTE, Short.BYTES, address.length);
            return name;
        }

        private static void refuse(String function, long answer, MemorySegment state) throws IOException {
            if (answer < 0) {
                throw new IOException(function + " failed with error number " + (int) ERRNO.get(state, 0L));
            }
        }
    }
}
