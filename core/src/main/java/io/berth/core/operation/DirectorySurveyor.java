package io.berth.core.operation;

import io.berth.core.journal.OperationState;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.storage.Sharing;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VmDirectories;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the facts about directories of VMs that run nowhere. Only looks. */
final class DirectorySurveyor {
    private final Wiring wiring;
    private final GuestFinder guests;

    DirectorySurveyor(Wiring wiring) {
        this.wiring = wiring;
        this.guests = new GuestFinder(wiring.drivers(), wiring.fanout());
    }

    /** @throws Failure also when one of the hosts doesn't answer, or the datastore isn't for both of them */
    MoveDirectorySurvey move(MoveDirectoryRequest request, FencingToken token) {
        if (isMoved(request)) {
            return MoveDirectorySurvey.moved(request, token);
        }
        var directories = directories(request);
        var declared = directories.declared(request.from(), request.to());
        var isShared = declared.filter(Sharing.SHARED::equals).isPresent();
        try (var questions = wiring.fanout().begin()) {
            var source = questions.ask(() -> directories.content(request.from(), request.directory()));
            var target = questions.ask(() -> directories.content(request.to(), request.directory()));
            var room = questions.ask(() -> directories.capacity(request.to()).free());
            var obstacles = questions.ask(() -> isShared ? List.<Failure>of() : obstacles(request));
            return new MoveDirectorySurvey(
                    token,
                    request.directory(),
                    request.from(),
                    request.to(),
                    declared,
                    source.get(),
                    target.get().isPresent(),
                    room.get(),
                    obstacles.get());
        }
    }

    /** An operation has done it, and has only to tidy up. */
    private boolean isMoved(MoveDirectoryRequest request) {
        return wiring.journal().open(request.vm().uuid()).stream()
                .filter(entry -> entry.kind().equals(MoveDirectoryPlanner.KIND)
                        && entry.state() == OperationState.SUCCEEDED_CLEANUP_PENDING)
                .flatMap(entry -> PlanCodec.read(entry.plan()).all())
                .anyMatch(step -> step instanceof Step.BringDirectory bring
                        && bring.directory().equals(request.directory())
                        && bring.to().equals(request.to()));
    }

    private VmDirectories directories(MoveDirectoryRequest request) {
        var datastore = request.directory().datastore();
        var storage = wiring.drivers().storage(datastore);
        requireServed(storage, request.from(), datastore);
        requireServed(storage, request.to(), datastore);
        return storage.directories()
                .orElseThrow(() -> Failure.of(
                                FailureKind.CALLER,
                                "datastore.no-directories",
                                "datastore " + datastore + " has no VM directories")
                        .why("its driver keeps volumes and nothing else")
                        .next("name one of the driver 'directory'")
                        .build());
    }

    private static void requireServed(StorageDriver storage, HostRef host, String datastore) {
        if (!storage.serves(host)) {
            throw Failure.of(FailureKind.CALLER, "directory.out-of-reach", "the host has no place for directories")
                    .host(host)
                    .why("datastore " + datastore + " isn't configured for it")
                    .next("name the host among the datastore's, or choose another one")
                    .build();
        }
    }

    private List<Failure> obstacles(MoveDirectoryRequest request) {
        var found = new ArrayList<Failure>();
        unfinished(request).ifPresent(found::add);
        // Only where its files are: at the target nobody can be at work on what isn't there yet.
        var seen = guests.of(request.vm().uuid(), List.of(request.from()));
        seen.silent().forEach(host -> found.add(untold(request, host)));
        seen.views().stream()
                .filter(view -> view.state().isAlive())
                .forEach(view -> found.add(alive(request, view.host())));
        return found;
    }

    /** An operation that still has a directory of the VM to remove mustn't meet one that brings it back. */
    private Optional<Failure> unfinished(MoveDirectoryRequest request) {
        return wiring.journal().open(request.vm().uuid()).stream()
                .findFirst()
                .map(open -> Failure.of(
                                FailureKind.CONFLICT,
                                "directory.unsettled",
                                request.vm() + " has an unfinished " + open.kind())
                        .why("operation " + open.id() + " hasn't tidied up yet")
                        .next("make its hosts answer and run 'berth recover', then try again")
                        .build());
    }

    private static Failure untold(MoveDirectoryRequest request, HostRef host) {
        return Failure.of(FailureKind.ENVIRONMENT, "host.no-answer", "it is unknown whether " + request.vm() + " runs")
                .host(host)
                .why("its hypervisor gives no answer")
                .next("make it answer ('berth doctor' tells what is wrong): a directory in use mustn't be moved")
                .build();
    }

    private static Failure alive(MoveDirectoryRequest request, HostRef host) {
        return Failure.of(FailureKind.CONFLICT, "directory.in-use", request.vm() + " is at work on its directory")
                .host(host)
                .why("the guest is there, with memory")
                .next("suspend it or shut it down; 'berth vm migrate' takes a running one along with its directory")
                .build();
    }
}
