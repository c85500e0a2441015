package io.berth.opennebula.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Puts what the core asked of the stock transfer manager to ours, on a site whose scripts do as they did then. What was in
 * the files is made up, see the README beside them. For one thread.
 */
public final class TransferReplay {
    private static final Path TRANSFERS =
            Path.of(System.getProperty("berth.root"), "opennebula/src/test/resources/transfers");
    private static final Pattern LOG = Pattern.compile("LOG I (-?\\d+) (([a-z_]+): .*)");
    private static final Pattern FAILED =
            Pattern.compile("LOG I \\d+ Command execution failed \\(exit code: (\\d+)\\): .*");

    private final Path folder;
    private final StubSite site;

    /** @param folder an empty one */
    public TransferReplay(Path folder) throws IOException {
        this.folder = folder;
        this.site = new StubSite(folder);
    }

    /**
     * What was said and run for one transfer file.
     *
     * @param lines the driver's
     */
    record Transfer(List<String> lines, List<StubSite.Call> calls) {}

    List<Transfer> hold(Recording recording) throws IOException {
        var transfers = new ArrayList<Transfer>();
        try (var oned = new StandInOned(site.transferSettings("-t 15 -d dummy,shared,qcow2"))) {
            for (var exchange : recording.exchanges()) {
                write(site.asHere(exchange.request().split(" +")[2]), commands(recording, exchange));
                behaveAsRecorded(exchange);
                var lines = oned.ask(site.asHere(exchange.request())).stream()
                        .map(site::asReal)
                        .toList();
                transfers.add(new Transfer(lines, site.takeCalls()));
            }
        }
        return transfers;
    }

    /** What is to come of it. */
    static List<Transfer> expected(Recording recording) throws IOException {
        var transfers = new ArrayList<Transfer>();
        for (var exchange : recording.exchanges()) {
            transfers.add(new Transfer(exchange.answers(), calls(commands(recording, exchange))));
        }
        return transfers;
    }

    /** Whether ours says the same lines and runs the same scripts in the same order. */
    public boolean isTheSame(Recording recording) throws IOException {
        return hold(recording).equals(expected(recording));
    }

    private static String commands(Recording recording, Recording.Exchange exchange) throws IOException {
        return Files.readString(TRANSFERS.resolve(
                recording.name().replace(".tm", "") + "." + exchange.request().split(" +")[1] + ".txt"));
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
