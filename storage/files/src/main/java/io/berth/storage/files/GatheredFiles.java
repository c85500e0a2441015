package io.berth.storage.files;

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
 * <p>A damaged file must not spoil the others. Bytes that aren't UTF-8 have become replacement characters by the time
 * they get here, three bytes for each at most three: so a content may seem to end too early, never too late. What is left of
 * it is passed over until the next header; no line of Berth's own files looks like one, since each but a description's
 * first holds an equals sign.
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
        if (seen < length) {
            content.append(line).append('\n');
            seen += line.getBytes(StandardCharsets.UTF_8).length + 1L;
            return;
        }
        var header = HEADER.matcher(line);
        if (header.matches()) {
            finish();
            name = header.group(1);
            length = Long.parseLong(header.group(2));
            content = new StringBuilder();
            seen = 0;
        }
    }

    /** Whether the last content came to its end; if it didn't, more may be missing. */
    boolean isWhole() {
        return seen >= length;
    }

    /** Each file's content by its name, empty when its length isn't right. One of the right length may be damaged too. */
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
