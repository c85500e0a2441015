package io.berth.hypervisor.script;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a script told as lines of {@code KEY VALUE}. One line that isn't so makes all of it worthless. */
final class ToldFacts {
    private static final Pattern LINE = Pattern.compile("([a-z][a-z-]{0,31}) (\\S.{0,999})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final HostRef host;
    private final GuestFunction script;
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private ToldFacts(HostRef host, GuestFunction script) {
        this.host = host;
        this.script = script;
    }

    static ToldFacts read(HostRef host, GuestFunction script, String text) {
        var facts = new ToldFacts(host, script);
        text.lines().forEach(line -> {
            var matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw facts.unreadable("a line '" + Printable.line(line) + "' isn't 'KEY VALUE'");
            }
            facts.values
                    .computeIfAbsent(matcher.group(1), first -> new ArrayList<>())
                    .add(matcher.group(2));
        });
        return facts;
    }

    List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }

    Optional<String> find(String key) {
        return all(key).stream().findFirst();
    }

    String text(String key) {
        return find(key).orElseThrow(() -> unreadable("there is no line '" + key + " ...'"));
    }

    DataSize size(String key) {
        var text = text(key);
        if (!NUMBER.matcher(text).matches()) {
            throw unreadable("'" + key + " " + Printable.line(text) + "' isn't a number of bytes");
        }
        return new DataSize(Long.parseLong(text));
    }

    private Failure unreadable(String why) {
        return Failure.of(
                        FailureKind.HYPERVISOR,
                        "script.unreadable",
                        "what the script '" + script.word() + "' printed can't be read")
                .host(host)
                .why(why)
                .next("mend the script; docs/reference/script-hypervisor.md says what it has to print")
                .build();
    }
}
