package io.berth.storage.files;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.storage.hosts.DatastoreHosts;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which folders a host sees in the datastore's folder. */
final class FolderView {
    private static final String THERE = "there";
    private static final Set<String> WORDS = Set.of(THERE, "absent");

    private final FolderSettings settings;
    private final DatastoreHosts hosts;

    FolderView(FolderSettings settings, DatastoreHosts hosts) {
        this.settings = settings;
        this.hosts = hosts;
    }

    boolean has(HostRef host, String name) {
        return of(host, List.of(name)).contains(name);
    }

    /**
     * Those that are there, all asked for at once. A mount that is missing must not look like folders that are gone.
     *
     * @param names in the datastore's folder
     * @throws Failure {@code storage.unreachable} when the datastore's own folder isn't there
     */
    Set<String> of(HostRef host, List<String> names) {
        var answer = hosts.on(host, DirectoryCommands.there(settings.folder(), names));
        var words = answer.result().output().lines().toList();
        if (!answer.succeeded() || words.size() != names.size() || !WORDS.containsAll(words)) {
            throw FolderFailures.of(
                    answer, "it is unknown whether " + Printable.line(names.toString()) + " are there", settings);
        }
        return IntStream.range(0, names.size())
                .filter(number -> words.get(number).equals(THERE))
                .mapToObj(names::get)
                .collect(Collectors.toSet());
    }
}
