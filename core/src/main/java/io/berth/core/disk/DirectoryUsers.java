package io.berth.core.disk;

import io.berth.core.Drivers;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Sharing;
import io.berth.driver.storage.VmDirectories;
import io.berth.driver.storage.VmDirectory;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who has a disk in a VM's directory: guests that a host knows, whether they run or not, and checkpoints that guests
 * could be made of. Only looks; thread-safe.
 */
public final class DirectoryUsers {
    private final Drivers drivers;
    private final DiskFinder finder;

    public DirectoryUsers(Drivers drivers) {
        this.drivers = drivers;
        this.finder = new DiskFinder(drivers);
    }

    /**
     * What is asked: who uses the directory as that host sees it?
     *
     * @param dead hosts that a person calls dead: nobody asks them
     * @param butFor a VM that doesn't count
     */
    public record Question(VmDirectory directory, HostRef at, Set<HostRef> dead, Optional<UUID> butFor) {
        public Question {
            dead = Set.copyOf(dead);
        }

        boolean counts(VmRef vm) {
            return butFor.filter(vm.uuid()::equals).isEmpty();
        }
    }

    /**
     * Fails when anybody does.
     *
     * @throws Failure {@code directory.used} (CONFLICT); and whatever a host or datastore fails with that would have to be
     *     asked: not seen isn't absent
     */
    public void requireNone(Question question) {
        find(question).ifPresent(user -> {
            throw Failure.of(
                            FailureKind.CONFLICT,
                            "directory.used",
                            "directory " + question.directory() + " won't be deleted")
                    .host(question.at())
                    .why("it may hold a disk of " + user)
                    .next("give that its disk elsewhere, or keep the directory")
                    .build();
        });
    }

    private Optional<String> find(Question question) {
        var storage = drivers.storage(question.directory().datastore());
        return storage.directories()
                .flatMap(directories -> Stream.concat(
                                drivers.hosts().stream()
                                        .filter(host -> storage.serves(host)
                                                && !question.dead().contains(host)
                                                && mayShare(directories, question.at(), host))
                                        .flatMap(host -> guests(question, host)),
                                checkpoints(question, directories))
                        .findFirst());
    }

    private static boolean mayShare(VmDirectories directories, HostRef one, HostRef other) {
        return !directories.declared(one, other).equals(Optional.of(Sharing.APART));
    }

    private Stream<String> guests(Question question, HostRef host) {
        var hypervisor = drivers.hypervisor(host);
        return hypervisor.list(host).stream()
                .filter(view -> question.counts(view.vm()))
                .filter(view -> definitions(hypervisor, host, view.vm())
                        .anyMatch(definition -> uses(question, hypervisor, host, definition)))
                .map(view -> view.vm() + " on " + host);
    }

    /** As it runs, and as it is to start next. None of one that is gone by now. */
    private static Stream<String> definitions(HypervisorDriver hypervisor, HostRef host, VmRef vm) {
        try {
            GuestDescription found = hypervisor.describe(host, vm);
            return Stream.concat(Stream.of(found.definition()), found.persistentDefinition().stream());
        } catch (Failure failure) {
            if (failure.is("vm.absent")) {
                return Stream.empty();
            }
            throw failure;
        }
    }

    private Stream<String> checkpoints(Question question, VmDirectories directories) {
        return drivers.checkpointDatastores().values().stream()
                .flatMap(storage -> storage.ledger().list().stream())
                .filter(entry -> entry.state() == CheckpointState.COMPLETE && mayUse(question, directories, entry))
                .map(entry -> "checkpoint " + entry.volume());
    }

    /** A record that can't be read may be of anybody. */
    private boolean mayUse(Question question, VmDirectories directories, Entry entry) {
        return entry.record().isEmpty()
                || uses(question, directories, entry.record().get());
    }

    private boolean uses(Question question, VmDirectories directories, CheckpointRecord record) {
        return question.counts(record.vm())
                && mayShare(directories, question.at(), record.source())
                && uses(question, drivers.hypervisor(question.at()), question.at(), record.definition());
    }

    /** As its own host sees it, and as the directory's does. */
    private boolean uses(Question question, HypervisorDriver hypervisor, HostRef host, String definition) {
        return hypervisor.diskFiles(definition).stream()
                .anyMatch(path -> Stream.of(host, question.at())
                        .distinct()
                        .anyMatch(seer -> finder.directories(seer, path).contains(question.directory())));
    }
}
