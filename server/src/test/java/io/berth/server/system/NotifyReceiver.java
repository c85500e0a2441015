package io.berth.server.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A real datagram socket, bound as a service manager binds its own. Used by one thread. */
public final class NotifyReceiver implements AutoCloseable {
    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM_NONBLOCK = 2 | 0x800;
    private static final int LONGEST = 4096;

    private static final MethodHandle SOCKET =
            function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECV =
            function("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final int socket;
    private final List<String> heard = new ArrayList<>();

    private NotifyReceiver(int socket) {
        this.socket = socket;
    }

    @SuppressWarnings("restricted") // tests are started with --enable-native-access
    private static MethodHandle function(String name, FunctionDescriptor type) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }

    /** @param address as in {@code NOTIFY_SOCKET} */
    public static NotifyReceiver at(String address) {
        try (var arena = Arena.ofConfined()) {
            var bytes = address.getBytes(StandardCharsets.UTF_8);
            if (bytes[0] == '@') {
                bytes[0] = 0;
            }
            var name = arena.allocate(Short.BYTES + bytes.length);
            name.set(JAVA_SHORT, 0, AF_UNIX);
            MemorySegment.copy(bytes, 0, name, JAVA_BYTE, Short.BYTES, bytes.length);
            var socket = (int) SOCKET.invokeExact((int) AF_UNIX, SOCK_DGRAM_NONBLOCK, 0);
            if (socket < 0 || (int) BIND.invokeExact(socket, name, (int) name.byteSize()) < 0) {
                throw new AssertionError("no socket at " + address);
            }
            return new NotifyReceiver(socket);
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** All that has come so far, oldest first. */
    public List<String> heard() {
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(LONGEST);
            for (var length = receive(buffer); length >= 0; length = receive(buffer)) {
                heard.add(new String(buffer.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8));
            }
            return List.copyOf(heard);
        }
    }

    private long receive(MemorySegment buffer) {
        try {
            return (long) RECV.invokeExact(socket, buffer, buffer.byteSize(), 0);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void close() {
        try {
            var _ = (int) CLOSE.invokeExact(socket);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
