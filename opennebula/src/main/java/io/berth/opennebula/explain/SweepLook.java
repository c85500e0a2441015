package io.berth.opennebula.explain;

import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.Printable;
import io.berth.transport.script.OtherMachine;
import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.ScriptMachine;
import io.berth.transport.script.SshWay;
import io.berth.transport.script.ThisMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Lists VMs' folders on machines, and volumes of storage, by scripts that change nothing. Thread-safe. */
final class SweepLook {
    /** A datastore with ten thousand VMs, on a slow file system. */
    private static final ScriptLimits LIMITS = ScriptLimits.longest(Duration.ofMinutes(2));

    private static final String FOLDERS = HostLook.script("sweep.sh");
    private static final String VOLUMES = HostLook.script("volumes.sh");
    private static final String END = "end";
    private static final Pattern FOLDER = Pattern.compile("folder ([0-9]{1,9}) ?(.*)");
    private static final Pattern FILE = Pattern.compile("file (checkpoint\\.[0-9]{1,20})");
    private static final String DATASTORE = "datastore ";

    private final Function<String, ScriptMachine> machines;

    SweepLook(Function<String, ScriptMachine> machines) {
        this.machines = machines;
    }

    /** @param way the site's ssh; its shell is {@code sh} or better */
    static SweepLook through(SshWay way) {
        return new SweepLook(host ->
                host.equals(HostLook.FRONT_END) ? new ThisMachine(LIMITS) : new OtherMachine(host, way, LIMITS));
    }

    /** What a machine said; nothing of it counts when it didn't come to its end. */
    record Seen<T>(List<T> found, Optional<Failure> silent) {
        void into(List<T> all, List<Failure> failures) {
            all.addAll(found);
            silent.ifPresent(failures::add);
        }
    }

    /** @param datastores their numbers by their folders */
    Seen<FoundFolder> folders(String host, Map<String, Integer> datastores) {
        return lines(host, host, FOLDERS, List.copyOf(datastores.keySet()), lines -> parse(host, datastores, lines));
    }

    Seen<FoundVolume> volumes(String host, String driver, String pool, String user) {
        var place = driver.equals("ceph") ? "pool " + Printable.line(pool) : driver;
        return lines(
                host,
                place,
                VOLUMES,
                List.of(driver, pool, user),
                lines -> lines.stream()
                        .flatMap(line -> FoundVolume.parse(place, line).stream())
                        .toList());
    }

    private <T> Seen<T> lines(
            String host, String what, String script, List<String> words, Function<List<String>, List<T>> reader) {
        if (!host.equals(HostLook.FRONT_END) && !OtherMachine.isName(host)) {
            return silent(what, "'" + Printable.line(host) + "' is no host's name");
        }
        var arguments = new ArrayList<>(List.of("-s", "--"));
        arguments.addAll(words);
        var result = machines.apply(host).run(ScriptCall.of("/bin/sh", arguments, script), Cancellation.never());
        if (!result.succeeded()) {
            return silent(what, HostLook.why(result));
        }
        var lines = result.output().lines().map(String::strip).toList();
        return lines.isEmpty() || !lines.getLast().equals(END)
                ? silent(what, "it has more to say than is listened to")
                : new Seen<>(reader.apply(lines), Optional.empty());
    }

    private static <T> Seen<T> silent(String what, String why) {
        return new Seen<>(List.of(), Optional.of(Sweep.silent(what, why)));
    }

    private static List<FoundFolder> parse(String host, Map<String, Integer> datastores, List<String> lines) {
        var found = new ArrayList<FoundFolder>();
        var path = "";
        for (var line : lines) {
            var folder = FOLDER.matcher(line);
            var file = FILE.matcher(line);
            if (line.startsWith(DATASTORE)) {
                path = line.substring(DATASTORE.length());
            } else if (folder.matches() && datastores.containsKey(path)) {
                found.add(new FoundFolder(
                        host,
                        datastores.getOrDefault(path, -1),
                        path + "/" + folder.group(1),
                        Integer.parseInt(folder.group(1)),
                        folder.group(2).strip(),
                        List.of()));
            } else if (file.matches() && !found.isEmpty()) {
                found.add(with(found.removeLast(), file.group(1)));
            }
        }
        return found;
    }

    private static FoundFolder with(FoundFolder folder, String file) {
        var files = new ArrayList<>(folder.setAside());
        files.add(file);
        return new FoundFolder(folder.host(), folder.datastore(), folder.path(), folder.vm(), folder.identity(), files);
    }
}
