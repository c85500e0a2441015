package io.berth.storage.files;

import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A stand-in for a network file system on one host: for a while the host goes on to believe what it knew of the folder's
 * names, those that are there and those that aren't. What it changes itself it knows at once. Time is the test's.
 */
final class StaleNames implements HostTransport {
    private static final Set<String> LOOKS = Set.of("directory-look", "read");

    private final HelperHosts hosts;
    private final HostRef stale;
    private final String named;
    private final Duration longest;
    private Duration now = Duration.ZERO;
    private Duration each = Duration.ZERO;
    private Duration learned = Duration.ZERO;
    private Set<String> known = new HashSet<>();

    /** @param longest how long it believes what it knows */
    StaleNames(HelperHosts hosts, HostRef stale, String named, Duration longest) {
        this.hosts = hosts;
        this.stale = stale;
        this.named = named;
        this.longest = longest;
    }

    void eachCommandTakes(Duration time) {
        each = time;
    }

    void learn() {
        known = names();
        learned = now;
    }

    void pass(Duration time) {
        now = now.plus(time);
        if (now.minus(learned).compareTo(longest) >= 0) {
            learn();
        }
    }

    @Override
    public CommandResult run(HostRef host, HostCommand command) {
        pass(each);
        if (host.equals(stale) && command.argv().get(1).equals("directory-there")) {
            return FakeHelperTransport.ok(command.argv().stream()
                    .skip(3)
                    .map(name -> (known.contains(name) ? "there" : "absent") + '\n')
                    .collect(Collectors.joining()));
        }
        var path = command.argv().get(2);
        if (!host.equals(stale) || !path.startsWith(named + "/")) {
            return hosts.run(host, command);
        }
        var name = path.substring(named.length() + 1);
        if (LOOKS.contains(command.argv().get(1))) {
            if (!known.contains(name)) {
                return FakeHelperTransport.failed(20, "absent: " + path);
            }
            return names().contains(name) ? hosts.run(host, command) : FakeHelperTransport.ok("1:1 6969\n");
        }
        var before = names();
        var result = hosts.run(host, command);
        var after = names();
        after.stream().filter(one -> !before.contains(one)).forEach(known::add);
        before.stream().filter(one -> !after.contains(one)).forEach(known::remove);
        return result;
    }

    private Set<String> names() {
        try (var all = Files.list(hosts.folder(stale))) {
            return all.map(Path::getFileName).map(Path::toString).collect(Collectors.toCollection(HashSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {}
}
