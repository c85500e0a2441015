package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.Column;
import io.berth.cli.output.JsonField;
import io.berth.cli.output.Listing;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.storage.Capacity;
import io.berth.engine.DatastoreView;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code berth datastore ...}. */
final class DatastoreVerbs {
    private DatastoreVerbs() {}

    static Noun noun() {
        return new Noun(
                "datastore",
                "Where memory may be written to.",
                () -> List.of(
                        Verb.of("list", "List the datastores of the configuration.", DatastoreVerbs::list)
                                .options(ListOptions.all()),
                        Verb.of(
                                        "check",
                                        "Try a datastore out: write, read and remove a small volume on each host.",
                                        DatastoreVerbs::check)
                                .details(
                                        "",
                                        "Each host that answers writes what the next one reads. Nothing of it stays,"
                                                + " and no VM is touched.")
                                .options(ListOptions.all())
                                .argument(Specs.one("NAME", "The datastore."))));
    }

    private static ExitCode list(Invocation invocation) {
        var session = invocation.session();
        var found = session.engine().datastores().list();
        ListCommand.print(invocation, listing(), found.items());
        session.tellSilent(found.silent());
        return found.silent().isEmpty() ? ExitCode.DONE : ExitCode.ENVIRONMENT;
    }

    private static ExitCode check(Invocation invocation) {
        var session = invocation.session();
        try (var watcher = Watcher.of(session, false)) {
            var check = session.engine().datastores().check(invocation.word(), watcher.watch());
            watcher.finished();
            return FindingListing.print(invocation, check.findings());
        }
    }

    static Listing<DatastoreView> listing() {
        return new Listing<>(
                List.of(
                        Column.of("NAME", "Its name in the configuration.", view -> Cells.text(view.name())),
                        Column.of("DRIVER", "The driver.", DatastoreView::driver),
                        Column.number("TOTAL", "All of its room.", view -> size(view, Capacity::total)),
                        Column.number("FREE", "What can still be written.", view -> size(view, Capacity::free)),
                        Column.of("HOSTS", "Those that see it.", DatastoreVerbs::hosts)),
                5,
                List.of(
                        new JsonField<>("name", "its name in the configuration", DatastoreView::name),
                        new JsonField<>("driver", "the driver", DatastoreView::driver),
                        new JsonField<>(
                                "total_bytes",
                                "all of its room, or null when it couldn't be asked",
                                view -> bytes(view, Capacity::total)),
                        new JsonField<>(
                                "free_bytes",
                                "what can still be written, or null when it couldn't be asked",
                                view -> bytes(view, Capacity::free)),
                        new JsonField<>(
                                "hosts",
                                "those that see it",
                                view -> view.hosts().stream().map(HostRef::name).toList())));
    }

    private static String hosts(DatastoreView view) {
        return Cells.text(view.hosts().stream().map(HostRef::name).collect(Collectors.joining(" ")));
    }

    private static String size(DatastoreView view, Function<Capacity, DataSize> part) {
        return view.room().map(part).map(DataSize::toString).orElse(Cells.NOTHING);
    }

    private static @Nullable Long bytes(DatastoreView view, Function<Capacity, DataSize> part) {
        return view.room().map(part).map(DataSize::bytes).orElse(null);
    }
}
