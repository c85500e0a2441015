package io.berth.hypervisor.script;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What the script {@code list} told: {@code UUID STATE KEPT NAME} for each guest. A guest that were overlooked would be
 * taken for absent, and restored a second time: so any other line makes all of it worthless.
 */
final class GuestLines {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
            + " (running|paused|off|busy|broken) (kept|transient) (\\S.{0,254})");

    private GuestLines() {}

    static List<GuestView> read(HostRef host, String text) {
        return text.lines().map(line -> view(host, line)).toList();
    }

    private static GuestView view(HostRef host, String line) {
        var matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw Failure.of(FailureKind.HYPERVISOR, "script.unreadable", "the guests there can't be listed")
                    .host(host)
                    .why("the script 'list' printed '" + Printable.line(line) + "'")
                    .next("mend the script: it has to print 'UUID STATE KEPT NAME' for each guest, and nothing else")
                    .build();
        }
        return new GuestView(
                new VmRef(UUID.fromString(matcher.group(1)), matcher.group(4)),
                host,
                state(matcher.group(2)),
                matcher.group(2),
                matcher.group(3).equals("kept"));
    }

    private static GuestState state(String word) {
        return switch (word) {
            case "running" -> GuestState.RUNNING;
            case "paused" -> GuestState.PAUSED;
            case "off" -> GuestState.SHUT_OFF;
            case "busy" -> GuestState.BUSY;
            default -> GuestState.BROKEN;
        };
    }
}
