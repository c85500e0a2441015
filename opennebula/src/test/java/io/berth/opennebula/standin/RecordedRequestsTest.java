package io.berth.opennebula.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded request of the stock driver, put to ours: the same lines, the same scripts. */
@Timeout(120)
class RecordedRequestsTest {
    private static final Pattern DEPLOYMENT = Pattern.compile("<LOCAL_DEPLOYMENT_FILE>(.+?)</LOCAL_DEPLOYMENT_FILE>");
    private static final String DOMAIN = "<domain type='kvm'><name>one-1</name></domain>\n";

    @TempDir
    Path folder;

    private StubSite site;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(folder);
    }

    static Stream<Recording> stock() throws IOException {
        return Recording.ofDriver("vmm-qemu");
    }

    static Stream<Recording> dummy() throws IOException {
        return Recording.ofDriver("vmm-dummy");
    }

    @ParameterizedTest
    @MethodSource("stock")
    void ourDriverSaysTheSameLinesAndRunsTheSameScripts(Recording recording) throws IOException {
        var calls = new ArrayList<String>();
        try (var oned = new StandInOned(site.settings("-t 15 -r 0 kvm -p"))) {
            for (var exchange : recording.exchanges()) {
                prepare(exchange);
                var lines = oned.ask(Payload.change(exchange.request(), site::asHere));

                if (exchange.wasAnswered()) {
                    assertThat(lines.stream().map(site::asReal).toList()).isEqualTo(exchange.answers());
                }
                calls.add("> " + exchange.request().split(" +")[0] + " "
                        + exchange.request().split(" +")[1]);
                calls.addAll(ShownCalls.of(site, exchange.request().split(" +")[2], DOMAIN));
            }
        }
        ShownCalls.compare(recording.name(), calls);
    }

    /** The dummy driver runs nothing and logs nothing: only what it answers can be compared. */
    @ParameterizedTest
    @MethodSource("dummy")
    void ourDriverAnswersAsTheDummyDriverWhenScriptsSucceed(Recording recording) throws IOException {
        try (var oned = new StandInOned(site.settings("-t 15 -r 0 dummy -p"))) {
            for (var exchange : recording.exchanges()) {
                prepare(exchange);
                var info = exchange.reply().split(" ", 4)[3];
                site.behave(
                        scriptOf(exchange.request().split(" ")[0].toLowerCase(Locale.ROOT)),
                        0,
                        info.equals("-") ? "" : info,
                        "");
                var reply = oned.ask(Payload.change(exchange.request(), site::asHere))
                        .getLast();

                // The dummy driver makes up a snapshot's name where the stock driver gives none.
                var expected = exchange.reply().replaceFirst("^(DISKSNAPSHOTCREATE .*) dummy-snap$", "$1 -");
                assertThat(reply.replaceFirst(" $", " -")).isEqualTo(expected);
            }
        }
    }

    @Test
    void allRecordingsAreThere() throws IOException {
        assertThat(stock().count()).isEqualTo(47);
        assertThat(dummy().count()).isEqualTo(23);
    }

    private void prepare(Recording.Exchange exchange) throws IOException {
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

    private static String scriptOf(String request) {
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
