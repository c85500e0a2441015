package io.berth.opennebula.line;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes lines to the core, each whole and at once. Thread-safe. */
public final class ProtocolWriter {
    private final OutputStream stream;
    private boolean broken;

    public ProtocolWriter(OutputStream stream) {
        this.stream = stream;
    }

    /** A core that has gone away is found out by the reader; nothing is thrown here. */
    public synchronized void write(Outgoing outgoing) {
        if (broken) {
            return;
        }
        try {
            stream.write((outgoing.line() + "\n").getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException gone) {
            broken = true;
        }
    }
}
