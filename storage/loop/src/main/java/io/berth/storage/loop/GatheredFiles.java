package io.berth.storage.loop;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes the files out of the helper's {@code gather}, line by line: {@code NAME LENGTH}, the content, a line's end.
 *
 * <p>A damaged file must not spoil the others: bytes that aren't UTF-8 have changed their number by the time they get
 * here, so lengths alone would lose the thread. Every line Berth writes into these files but the first holds an equals
 * sign and no header does, so that the next header is found again whatever lies in between.
 */
final class GatheredFiles implements Consumer<String> {
    private static final Pattern HEADER =
            Pattern.compile("([^=]+\\.(?:record|allocated|writing|complete|consumed)) ([0-9]{1,9})");

    private final Map<String, Optional<String>> contents = new LinkedHashMap<>();
    private @Nullable String name;
    private StringBuilder content = new StringBuilder();
    private long length;
    private long seen;

    @Override
    public void accept(String line) {
        var header = HEADER.matcher(line);
        if (header.matches()) {
            finish();
            name = header.group(1);
            length = Long.parseLong(header.group(2));
            content = new StringBuilder();
            seen = 0;
        } else if (seen < length) {
            content.append(line).append('\n');
            seen += line.getBytes(StandardCharsets.UTF_8).length + 1L;
        }
    }

    /** Each file's content by its name, empty when it didn't come through whole. */
    Map<String, Optional<String>> contents() {
        finish();
        return Map.copyOf(contents);
    }

    private void finish() {
        if (name != null) {
            contents.put(name, whole());
        }
    }

    private Optional<String> whole() {
        if (seen == length) {
            return Optional.of(content.toString());
        }
        // The last line's end is the helper's when the file has none.
        return seen == length + 1 ? Optional.of(content.substring(0, content.length() - 1)) : Optional.empty();
    }
}
