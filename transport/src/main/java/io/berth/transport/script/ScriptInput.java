package io.berth.transport.script;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What a script finds in its standard input. */
@FunctionalInterface
public interface ScriptInput {
    /**
     * Writes all of it, in a thread that does nothing else. The script sees its end when this returns or throws.
     *
     * @throws IOException when the script reads no more, which may be right, or there is no more to be had; the script's
     *     end doesn't tell these two apart
     */
    void writeTo(OutputStream script) throws IOException;

    static ScriptInput text(String text) {
        return script -> script.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
