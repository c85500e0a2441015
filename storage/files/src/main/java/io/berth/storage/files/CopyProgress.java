package io.berth.storage.files;

import io.berth.driver.DataSize;
import io.berth.driver.Progress;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The lines of the helper's {@code directory-send}: {@code progress DONE ALL}, in bytes. */
final class CopyProgress implements Consumer<String> {
    private static final Pattern LINE = Pattern.compile("progress ([0-9]{1,18}) ([0-9]{1,18})");

    private final Progress listener;
    private volatile long furthest;

    CopyProgress(Progress listener) {
        this.listener = listener;
    }

    @Override
    public void accept(String line) {
        var progress = LINE.matcher(line);
        if (progress.matches()) {
            var done = Long.parseLong(progress.group(1));
            furthest = Math.max(furthest, done);
            listener.moved(new DataSize(done), new DataSize(Long.parseLong(progress.group(2))));
        }
    }

    /** The most that any attempt has done so far. */
    long furthest() {
        return furthest;
    }
}
