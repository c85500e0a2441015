package io.berth.opennebula.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Puts what the core asked of the stock VM driver to ours, on a site whose scripts do as they did then. For one thread. */
public final class Replay {
    private static final Pattern DEPLOYMENT = Pattern.compile("<LOCAL_DEPLOYMENT_FILE>(.+?)</LOCAL_DEPLOYMENT_FILE>");
    private static final String DOMAIN = "<domain type='kvm'><name>one-1</name></domain>\n";

    private final StubSite site;

    /** @param folder an empty one */
    public Replay(Path folder) throws IOException {
        this.site = new StubSite(folder);
    }

    StubSite site() {
        return site;
    }

    /**
     * What ours did.
     *
     * @param lines its answers, in the order of the exchanges, as far as stock's are known
     * @param calls of scripts, with a line for each request before
     */
    record Conversation(List<List<String>> lines, List<String> calls) {}

    Conversation hold(Recording recording) throws IOException {
        var lines = new ArrayList<List<String>>();
        var calls = new ArrayList<String>();
        try (var oned = new StandInOned(site.settings("-t 15 -r 0 kvm -p"))) {
            for (var exchange : recording.exchanges()) {
                prepare(exchange);
                var said = oned.ask(Payload.change(exchange.request(), site::asHere));

                if (exchange.wasAnswered()) {
                    lines.add(said.stream().map(site::asReal).toList());
                }
                var words = exchange.request().split(" +");
                calls.add("> " + words[0] + " " + words[1]);
                calls.addAll(ShownCalls.of(site, words[2], DOMAIN));
            }
        }
        return new Conversation(lines, calls);
    }

    /** Whether ours says the same lines and runs the same scripts in the same way. */
    public boolean isTheSame(Recording recording) throws IOException {
        var ours = hold(recording);
        return ours.lines().equals(answers(recording))
                && ours.calls().equals(ShownCalls.expected(recording.name(), ours.calls()));
    }

    static List<List<String>> answers(Recording recording) {
        return recording.exchanges().stream()
                .filter(Recording.Exchange::wasAnswered)
                .map(Recording.Exchange::answers)
                .toList();
    }

    /** Makes the site's scripts do what they did in that exchange. */
    void prepare(Recording.Exchange exchange) throws IOException {
        site.behaveWell();
        for (var entry : Behaviour.of(exchange).entrySet()) {
            var script = scriptOf(exchange, entry.getKey());
            var told = entry.getValue();
            var answers =
                    script.equals(scriptOf(exchange.request().split(" ")[0].toLowerCase(Locale.ROOT)));
            site.behave(script, told.exitCode(), answers ? told.output() : "", told.complaint());
        }
        var file =
                DEPLOYMENT.matcher(site.asHere(Payload.decode(exchange.request().split(" +")[2])));
        if (file.find()) {
            Files.createDirectories(Path.of(file.group(1)).getParent());
            Files.writeString(Path.of(file.group(1)), DOMAIN);
        }
    }

    /** The script behind a step's name. */
    private static String scriptOf(Recording.Exchange exchange, String step) {
        var request = exchange.request().split(" ")[0];
        if (step.isEmpty() || step.equals(request)) {
            return scriptOf(request.toLowerCase(Locale.ROOT));
        }
        if (step.equals("tm_attach") || step.equals("tm_detach")) {
            var command = Pattern.compile("<TM_COMMAND><!\\[CDATA\\[(\\w+)")
                    .matcher(Payload.decode(exchange.request().split(" +")[2]));
            return command.find() ? command.group(1).toLowerCase(Locale.ROOT) : step;
        }
        return step.startsWith("tm_") ? step.substring(3) : step.replace('/', '_');
    }

    /** The script that is called as the request is. */
    static String scriptOf(String request) {
        return Map.of(
                        "attachdisk", "attach_disk",
                        "detachdisk", "detach_disk",
                        "resizedisk", "resize_disk",
                        "snapshotcreate", "snapshot_create",
                        "snapshotrevert", "snapshot_revert",
                        "snapshotdelete", "snapshot_delete")
                .getOrDefault(request, request);
    }
}
