package io.berth.storage.ceph;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Collects what the helper says of the ledger's entries: {@code KEY LENGTH}, the value's bytes in Base64, 36,000 on a
 * line, and after the last entry {@code end COUNT}, without which the answer is cut off. Not thread-safe.
 */
final class EntryLines implements Consumer<String> {
    private static final Pattern HEADER = Pattern.compile("(\\S+) ([0-9]{1,9})");
    private static final String END = "end";

    private final Map<String, Optional<String>> entries = new LinkedHashMap<>();
    private final StringBuilder value = new StringBuilder();
    private String key = "";
    private int missing;
    private boolean whole;
    private boolean nonsense;

    @Override
    public void accept(String line) {
        if (missing > 0) {
            value.append(line);
            missing -= line.length();
            finishIfComplete();
            return;
        }
        var header = HEADER.matcher(line);
        if (whole || !header.matches()) {
            nonsense = true;
            return;
        }
        var number = Integer.parseInt(header.group(2));
        if (header.group(1).equals(END)) {
            whole = number == entries.size();
            nonsense |= !whole;
            return;
        }
        key = header.group(1);
        value.setLength(0);
        missing = Math.ceilDiv(number, 3) * 4;
        finishIfComplete();
    }

    private void finishIfComplete() {
        if (missing > 0) {
            return;
        }
        nonsense |= missing < 0;
        entries.put(key, decoded());
    }

    private Optional<String> decoded() {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(value.toString()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether all came, and nothing else. */
    boolean isWhole() {
        return whole && !nonsense;
    }

    /** Each value by its key, in the order of keys; empty for one that doesn't decode. */
    Map<String, Optional<String>> entries() {
        return entries;
    }
}
