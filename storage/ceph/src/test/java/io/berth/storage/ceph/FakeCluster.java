package io.berth.storage.ceph;

import static io.berth.storage.files.FakeHelperTransport.failed;
import static io.berth.storage.files.FakeHelperTransport.ok;

import io.berth.driver.host.CommandResult;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A fake of one pool in a cluster: images, and the ledger's entries as the host helper keeps them. Not thread-safe. */
final class FakeCluster {
    private static final int LINE = 36_000;
    private static final Pattern OPTION = Pattern.compile("--(conf|id|pool|namespace|keyring|keyfile)=.*");

    final Map<String, FakeImage> images = new TreeMap<>();
    final Map<String, byte[]> entries = new TreeMap<>();

    /** Clients that it doesn't listen to any more. */
    final Set<String> refused = new LinkedHashSet<>();

    /** The helper's {@code ceph-...} commands: the options lead, the operands follow. */
    CommandResult helper(String command, List<String> arguments, byte[] stdin) {
        var operands = arguments.stream()
                .dropWhile(argument -> OPTION.matcher(argument).matches())
                .toList();
        return switch (command) {
            case "ceph-take" -> {
                entries.putIfAbsent(operands.get(1), stdin.clone());
                yield ok(listing(operands.get(1)));
            }
            case "ceph-put" -> {
                entries.put(operands.get(1), stdin.clone());
                yield ok("");
            }
            case "ceph-drop" -> {
                entries.keySet().removeIf(key -> key.startsWith(operands.get(1)));
                yield ok("");
            }
            case "ceph-entries" -> ok(listing(operands.get(1)));
            case "ceph-images" -> ok(sizes(operands.getFirst()));
            case "ceph-block" -> {
                refused.add(operands.getFirst());
                yield ok("");
            }
            case "ceph-room" -> ok("""
                {"pools": [{"name": "vms", "stats":
                {"stored": 1048576, "max_avail": 1073741824, "quota_bytes": 0}}]}
                """);
            default -> failed(22, "usage: no command " + command);
        };
    }

    private String listing(String prefix) {
        var found = entries.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .toList();
        return found.stream()
                        .map(entry -> entry(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining()) + "end " + found.size() + "\n";
    }

    private static String entry(String key, byte[] value) {
        var text = Base64.getEncoder().encodeToString(value);
        var lines = Stream.iterate(0, at -> at < text.length(), at -> at + LINE)
                .map(at -> text.substring(at, Math.min(text.length(), at + LINE)) + "\n")
                .collect(Collectors.joining());
        return key + " " + value.length + "\n" + lines;
    }

    private String sizes(String prefix) {
        return images.entrySet().stream()
                        .filter(image -> image.getKey().startsWith(prefix))
                        .map(image -> image.getKey() + " " + image.getValue().size + "\n")
                        .collect(Collectors.joining())
                + "end\n";
    }
}
