package io.berth.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts bytes into lines as they come. A line of more than 64 KiB is handed on in pieces. Not thread-safe. */
final class LineSplitter {
    private static final int LONGEST = 64 * 1024;

    private final Consumer<String> listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineSplitter(Consumer<String> listener) {
        this.listener = listener;
    }

    /** Returns whether a line ended. */
    boolean add(byte[] bytes) {
        var ended = false;
        for (var each : bytes) {
            if (each == '\n') {
                handOn();
                ended = true;
            } else {
                line.write(each);
                if (line.size() >= LONGEST) {
                    handOn();
                }
            }
        }
        return ended;
    }

    /** The last line may lack its end. */
    void end() {
        if (line.size() > 0) {
            handOn();
        }
    }

    private void handOn() {
        var text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        listener.accept(text);
    }
}
