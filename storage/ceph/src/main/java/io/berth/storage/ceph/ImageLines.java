package io.berth.storage.ceph;

import io.berth.driver.DataSize;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Collects what the helper says of images: {@code NAME SIZE}, and after the last one {@code end}, without which the
 * answer is cut off. Not thread-safe.
 */
final class ImageLines implements Consumer<String> {
    private static final Pattern LINE = Pattern.compile("(\\S+) ([0-9]{1,18})");
    private static final String END = "end";

    private final Map<String, DataSize> sizes = new LinkedHashMap<>();
    private boolean whole;
    private boolean nonsense;

    @Override
    public void accept(String line) {
        if (!whole && line.equals(END)) {
            whole = true;
            return;
        }
        var image = LINE.matcher(line);
        if (whole || !image.matches()) {
            nonsense = true;
            return;
        }
        sizes.put(image.group(1), new DataSize(Long.parseLong(image.group(2))));
    }

    /** Whether all came, and nothing else. */
    boolean isWhole() {
        return whole && !nonsense;
    }

    Map<String, DataSize> sizes() {
        return sizes;
    }
}
