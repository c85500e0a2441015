package io.berth.opennebula.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recorded request of the stock transfer manager, put to ours: the same lines, and each command's script with each
 * of its words. What was in the files is made up, see the README beside them.
 */
@Timeout(120)
class RecordedTransfersTest {
    private static final Path TRANSFERS =
            Path.of(System.getProperty("berth.root"), "opennebula/src/test/resources/transfers");
    private static final Pattern LOG = Pattern.compile("LOG I (-?\\d+) (([a-z_]+): .*)");
    private static final Pattern FAILED =
            Pattern.compile("LOG I \\d+ Command execution failed \\(exit code: (\\d+)\\): .*");

    @TempDir
    Path folder;

    private StubSite site;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(folder);
    }

    static Stream<Recording> recordings() throws IOException {
        return Recording.ofDriver("tm");
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void ourDriverSaysTheSameLinesAndRunsTheSameScriptsInTheSameOrder(Recording recording) throws IOException {
        try (var oned = new StandInOned(site.transferSettings("-t 15 -d dummy,shared,qcow2"))) {
            for (var exchange : recording.exchanges()) {
                var words = exchange.request().split(" +");
                var commands = Files.readString(
                        TRANSFERS.resolve(recording.name().replace(".tm", "") + "." + words[1] + ".txt"));
                write(site.asHere(words[2]), commands);
                behaveAsRecorded(exchange);

                assertThat(oned.ask(site.asHere(exchange.request())).stream().map(site::asReal))
                        .isEqualTo(exchange.answers());
                assertThat(site.takeCalls()).isEqualTo(calls(commands));
            }
        }
    }

    @Test
    void allRecordingsAreThere() throws IOException {
        assertThat(recordings().count()).isEqualTo(31);
    }

    private static void write(String file, String commands) throws IOException {
        Files.createDirectories(Path.of(file).getParent());
        Files.writeString(Path.of(file), commands);
    }

    /** The n-th call of a script says the n-th line that was recorded of it. */
    private void behaveAsRecorded(Recording.Exchange exchange) throws IOException {
        site.behaveWell();
        var said = new LinkedHashMap<String, List<String>>();
        var code = "0";
        for (var line : exchange.answers().subList(0, exchange.answers().size() - 1)) {
            var log = LOG.matcher(line);
            var failed = FAILED.matcher(line);
            if (failed.matches()) {
                code = failed.group(1);
            } else if (log.matches()) {
                said.computeIfAbsent(log.group(3), _ -> new ArrayList<>())
                        .add((log.group(1).equals("-1") ? "INFO: " : "") + log.group(2));
            } else {
                throw new IllegalStateException(line);
            }
        }
        for (var script : said.entrySet()) {
            var count = folder.resolve("count." + script.getKey());
            site.behave(
                    script.getKey(),
                    "printf x >>" + count + "; n=$(stat -c %s " + count + "); printf '%s\\n' \"${!n}\" >&2; exit "
                            + code,
                    script.getValue().toArray(String[]::new));
        }
    }

    /** By the rule of the stock driver: the verb is the script's name, all behind the driver are its arguments. */
    private static List<StubSite.Call> calls(String commands) {
        return commands.lines()
                .map(line -> List.of(line.split(" ")))
                .map(words -> new StubSite.Call(
                        "here",
                        "/var/lib/one/remotes/tm/" + words.get(1) + "/"
                                + words.getFirst().toLowerCase(Locale.ROOT).replaceFirst("\\..*", ""),
                        words.subList(2, words.size()),
                        ""))
                .toList();
    }
}
