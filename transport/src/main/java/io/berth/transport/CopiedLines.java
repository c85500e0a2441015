package io.berth.transport;

import io.berth.driver.DataSize;
import io.berth.driver.Progress;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The lines of the helper's {@code device-copy}: {@code copied BYTES}. Whatever else comes is for nobody. */
record CopiedLines(Progress listener, DataSize length) implements Consumer<String> {
    private static final Pattern LINE = Pattern.compile("copied ([0-9]{1,18})");

    @Override
    public void accept(String line) {
        var copied = LINE.matcher(line);
        if (copied.matches()) {
            listener.moved(new DataSize(Long.parseLong(copied.group(1))), length);
        }
    }
}
