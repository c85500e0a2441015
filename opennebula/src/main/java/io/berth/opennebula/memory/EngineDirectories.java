package io.berth.opennebula.memory;

import io.berth.core.journal.OperationEntry;
import io.berth.core.operation.MoveDirectoryRequest;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.storage.VmDirectory;
import io.berth.engine.Engine;
import io.berth.engine.MachineView;
import io.berth.engine.Watch;
import io.berth.opennebula.memory.Inquiry.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Has Berth's engine take the directories of VMs that run nowhere to other hosts, and answers only what is known of that.
 * What is asked once more is found done, so an answer that was lost is found again by asking. Thread-safe.
 */
public final class EngineDirectories {
    private final Engines engines;
    private final GuestIds ids;
    private final DirectoryFolders folders;
    /** Recovery goes through all that is open: whoever waits for somebody else's may find its own done by that. */
    private final ReentrantLock recovering = new ReentrantLock();
    /** Held for reading while an engine works. */
    private final ReadWriteLock work = new ReentrantReadWriteLock();

    public EngineDirectories(Engines engines, GuestIds ids, DirectoryFolders folders) {
        this.engines = engines;
        this.ids = ids;
        this.folders = folders;
    }

    /** Of a driver that has none of this to do. */
    public static EngineDirectories none() {
        return new EngineDirectories(
                () -> {
                    throw Failure.of(FailureKind.BUG, "berth.broken", "this driver moves no directories")
                            .next("please report it, with the log")
                            .build();
                },
                _ -> Optional.empty(),
                DirectoryFolders.untold());
    }

    /**
     * Sees to it that a directory is meant and not its namesake in another folder: of that an engine could say that it has
     * been moved already.
     *
     * @param folder of OpenNebula's datastore
     * @throws Failure {@code directory.other-folder} (CALLER)
     */
    public void requireFolder(String datastore, Path folder) {
        folders.folder(datastore)
                .map(Path::normalize)
                .filter(other -> !other.equals(folder.normalize()))
                .ifPresent(other -> {
                    throw Failure.of(FailureKind.CALLER, "directory.other-folder", "the VM's directory can't be moved")
                            .why("it is in " + folder + ", and Berth's datastore " + datastore + " is " + other)
                            .next("let BERTH_DIRECTORIES name a datastore of berth.yaml whose folder is " + folder)
                            .build();
                });
    }

    /**
     * Takes the VM's directory along, and returns when it is known what came of it.
     *
     * @param vm its number
     * @return {@link Verdict.NotDone} also when the core takes the request back, whatever came of it
     */
    public Verdict move(int vm, VmDirectory directory, HostRef from, HostRef to, Waiting waiting) {
        return new Inquiry<Verdict>(waiting, Verdict.NotDone::new).until(() -> {
            work.readLock().lock();
            try {
                return attempt(vm, directory, from, to, waiting);
            } finally {
                work.readLock().unlock();
            }
        });
    }

    /**
     * Finishes or undoes what engines have left of the VM's directories, before something that they don't know of moves or
     * removes one.
     *
     * @param vm its number
     * @return {@link Verdict.NotDone} when something is left all the same
     */
    public Verdict settle(int vm) {
        work.readLock().lock();
        try {
            var engine = engines.engine();
            var guest = guest(engine, vm);
            finishWhatIsLeft(engine, guest);
            return engine.upkeep().unfinished().stream()
                    .filter(entry -> entry.vm().equals(guest))
                    .findFirst()
                    .<Verdict>map(entry -> new Verdict.NotDone(unsettled(entry)))
                    .orElseGet(() -> new Verdict.Done(""));
        } catch (Failure failure) {
            return new Verdict.NotDone(failure);
        } finally {
            work.readLock().unlock();
        }
    }

    private static Failure unsettled(OperationEntry entry) {
        return Failure.of(
                        FailureKind.CONFLICT, "directory.unsettled", entry.vm() + " has an unfinished " + entry.kind())
                .why("operation " + entry.id() + " has still to tidy up what the VM has left elsewhere")
                .next(
                        "make its hosts answer, or say which is dead: 'berth recover --host-is-dead HOST'; then ask again")
                .build();
    }

    /** Returns when no engine of this process is in the middle of anything; from then on none begins anything. */
    public void finish() {
        work.writeLock().lock();
    }

    private Answer<Verdict> attempt(int vm, VmDirectory directory, HostRef from, HostRef to, Waiting waiting) {
        try {
            var engine = engines.engine();
            var guest = guest(engine, vm);
            finishWhatIsLeft(engine, guest);
            var request = new MoveDirectoryRequest(guest, directory, from, to);
            return judged(engine.machines()
                    .moveDirectory(request, new Watch(_ -> {}, waiting.cancellation()))
                    .result());
        } catch (Failure failure) {
            return isOpen(failure) ? new Answer.Unknown<>(failure) : new Answer.Known<>(new Verdict.NotDone(failure));
        }
    }

    /** The engine would refuse what it didn't begin, so only these leave it open whether something has been begun. */
    private static boolean isOpen(Failure failure) {
        return failure.isUnknownOutcome()
                || Deed.OTHERS.contains(failure.code())
                || failure.is("daemon.gone")
                || failure.is("daemon.silent");
    }

    private static Answer<Verdict> judged(RunResult result) {
        return switch (result.state()) {
            case SUCCEEDED -> new Answer.Known<>(new Verdict.Done(""));
            case SUCCEEDED_CLEANUP_PENDING -> new Answer.Known<>(new Verdict.Done(result.message()));
            case FAILED -> new Answer.Known<>(new Verdict.NotDone(why(result)));
            case PENDING, ACTIVE -> new Answer.Unknown<>(why(result));
        };
    }

    private static Failure why(RunResult result) {
        return result.failure()
                .orElseGet(() -> Failure.of(
                                FailureKind.UNKNOWN_OUTCOME, "directory.unclear", "the operation gave no reason")
                        .why(result.message())
                        .next("see 'berth operation show " + result.plan().operation() + "'")
                        .build());
    }

    private void finishWhatIsLeft(Engine engine, VmRef guest) {
        recovering.lock();
        try {
            if (engine.upkeep().unfinished().stream()
                    .anyMatch(entry -> entry.vm().equals(guest))) {
                var _ = engine.upkeep().recover(Set.of(), Watch.none());
            }
        } finally {
            recovering.unlock();
        }
    }

    /** As the engine knows it, so that nobody saves or restores the guest meanwhile. */
    private VmRef guest(Engine engine, int vm) {
        var name = "one-" + vm;
        return ids.uuid(vm).map(uuid -> new VmRef(uuid, name)).orElseGet(() -> {
            var seen = engine.machines().list();
            seen.silent().stream().findFirst().ifPresent(silent -> {
                throw silent;
            });
            return seen.items().stream()
                    .map(MachineView::vm)
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseGet(() -> stranger(name));
        });
    }

    /** Nobody knows it: the same name each time is enough. */
    private static VmRef stranger(String name) {
        var seed = "opennebula " + name;
        return new VmRef(UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)), name);
    }
}
