package io.berth.opennebula.explain;

import io.berth.opennebula.explain.FolderSight.Presence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what the script that looks at a host says: a word a line, and what was seen. What it doesn't say is untold. */
final class SightText {
    private static final Pattern LEFTOVER = Pattern.compile("checkpoint\\.[0-9]{1,20}");
    private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,15}");
    private static final String FINISHED = "LibvirtQemudSave image";

    private SightText() {}

    static HostSight read(String host, String text) {
        var lines = text.lines().map(String::strip).toList();
        var folder = new FolderSight(
                presence(lines),
                after(lines, "folder-identity").orElse(""),
                memory(lines),
                after(lines, "memory-identity").orElse(""),
                after(lines, "memory-age").flatMap(SightText::seconds),
                leftovers(lines));
        var guest = guest(lines);
        return new HostSight(host, guest, folder, why(guest));
    }

    private static String why(GuestSight guest) {
        return switch (guest) {
            case UNTOLD -> "libvirt there gives no answer";
            case UNASKED -> "there is no libvirt";
            case RUNNING, PAUSED, BETWEEN, ABSENT -> "";
        };
    }

    private static Optional<String> after(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1).strip())
                .findFirst();
    }

    /** Negative where the file's clock is ahead. */
    private static Optional<Duration> seconds(String text) {
        return SECONDS.matcher(text).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : Optional.empty();
    }

    private static GuestSight guest(List<String> lines) {
        return switch (after(lines, "guest").orElse("")) {
            case "running", "idle", "pmsuspended" -> GuestSight.RUNNING;
            case "paused" -> GuestSight.PAUSED;
            case "in shutdown", "crashed", "no state", "orphaned", "at-work" -> GuestSight.BETWEEN;
            case "absent", "shut off" -> GuestSight.ABSENT;
            case "unasked" -> GuestSight.UNASKED;
            default -> GuestSight.UNTOLD;
        };
    }

    private static Presence presence(List<String> lines) {
        return switch (after(lines, "folder").orElse("")) {
            case "there" -> Presence.THERE;
            case "missing" -> Presence.MISSING;
            default -> Presence.UNTOLD;
        };
    }

    private static MemoryFile memory(List<String> lines) {
        return switch (after(lines, "memory").orElse("")) {
            case "none" -> MemoryFile.NONE;
            case FINISHED -> MemoryFile.COMPLETE;
            case "unreadable", "" -> MemoryFile.UNTOLD;
            default -> MemoryFile.UNFINISHED;
        };
    }

    private static List<String> leftovers(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("file "))
                .map(line -> line.substring("file ".length()))
                .filter(name -> LEFTOVER.matcher(name).matches())
                .toList();
    }
}
