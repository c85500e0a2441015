package io.berth.engine.embedded;

import io.berth.core.operation.Operations;
import io.berth.core.operation.RehearseRequest;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.storage.Capacity;
import io.berth.engine.DatastoreCheck;
import io.berth.engine.DatastoreView;
import io.berth.engine.Datastores;
import io.berth.engine.Finding;
import io.berth.engine.Found;
import io.berth.engine.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class EmbeddedDatastores implements Datastores {
    private final SiteDrivers drivers;
    private final Operations operations;
    private final Runs runs;
    private final HostLook look;

    EmbeddedDatastores(SiteDrivers drivers, Operations operations, Runs runs, HostLook look) {
        this.drivers = drivers;
        this.operations = operations;
        this.runs = runs;
        this.look = look;
    }

    @Override
    public Found<DatastoreView> list() {
        var views = new ArrayList<DatastoreView>();
        var silent = new ArrayList<Failure>();
        AtOnce.each(drivers.datastoreNames(), this::seen).forEach(seen -> {
            seen.view().ifPresent(views::add);
            seen.trouble().ifPresent(silent::add);
        });
        return new Found<>(views, silent);
    }

    private record Seen(Optional<DatastoreView> view, Optional<Failure> trouble) {}

    private Seen seen(String name) {
        try {
            var view = new DatastoreView(name, drivers.storage(name).type(), drivers.hostsOf(name), Optional.empty());
            return withRoom(view);
        } catch (Failure failure) {
            return new Seen(Optional.empty(), Optional.of(failure));
        }
    }

    private Seen withRoom(DatastoreView view) {
        try {
            var room = drivers.storage(view.name()).volumes().capacity();
            return new Seen(
                    Optional.of(new DatastoreView(view.name(), view.driver(), view.hosts(), Optional.of(room))),
                    Optional.empty());
        } catch (Failure failure) {
            return new Seen(Optional.of(view), Optional.of(failure));
        }
    }

    @Override
    public DatastoreCheck check(String datastore, Watch watch) {
        var storage = drivers.storage(datastore);
        var findings = new ArrayList<Finding>();
        findings.add(Finding.of("capacity", () -> text(storage.volumes().capacity())));
        var answering = new ArrayList<HostRef>();
        for (var host : drivers.hostsOf(datastore)) {
            var connection = look.connection(host);
            findings.add(connection.in(host.name()));
            if (connection.isGood()) {
                answering.add(host);
            }
        }
        for (var request : ring(datastore, answering)) {
            if (!watch.cancellation().requested()) {
                findings.addAll(new Rehearsal(request).run(operations, runs, watch));
            }
        }
        return new DatastoreCheck(datastore, findings);
    }

    /** Each writes once and each reads once, what the one before it wrote. */
    private static List<RehearseRequest> ring(String datastore, List<HostRef> hosts) {
        var requests = new ArrayList<RehearseRequest>();
        for (var index = 0; index < hosts.size(); index++) {
            var next = hosts.get((index + 1) % hosts.size());
            requests.add(new RehearseRequest(datastore, hosts.get(index), next));
        }
        return requests;
    }

    static String text(Capacity room) {
        return room.free() + " free of " + room.total();
    }
}
