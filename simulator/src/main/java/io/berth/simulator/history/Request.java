package io.berth.simulator.history;

import io.berth.core.operation.MigrationMode;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.simulator.lifecycle.Wish;
import java.util.Locale;
import java.util.Optional;

/** What a user asks an engine for. Hosts that have no power at that moment are declared dead where a request may do so. */
sealed interface Request {
    record Suspend(String vm, String datastore, MemoryWriter writer) implements Request {}

    record Resume(String vm, HostRef host, boolean declaresDead) implements Request {}

    record Migrate(String vm, String datastore, MemoryWriter writer, HostRef host) implements Request {}

    record MigrateLive(String vm, HostRef host) implements Request {}

    /** As {@link Suspend}, of a VM that gives its host up. */
    record Stop(String vm, String datastore, MemoryWriter writer) implements Request {}

    /** As {@link Resume}, on a host that Berth chooses. */
    record Start(String vm, boolean declaresDead) implements Request {}

    record Verify(String vm, HostRef host, boolean whole) implements Request {}

    record Delete(String vm) implements Request {}

    record Terminate(String vm, boolean declaresDead, boolean deletesDirectory) implements Request {}

    record Recover(boolean declaresDead) implements Request {}

    record CollectGarbage(boolean delete) implements Request {}

    /** About many VMs at once: each one's part is an attempt of its own. */
    sealed interface OfFleet extends Request {}

    /** All VMs that run. */
    record SuspendAll(String datastore, MemoryWriter writer) implements OfFleet {}

    /** All that are suspended, where they were. */
    record ResumeAll(boolean declaresDead) implements OfFleet {}

    /** All that are on that host, to others. */
    record Evacuate(HostRef host, MigrationMode mode, String datastore) implements OfFleet {}

    /** Whose life it is about, if it is about one. */
    default Optional<String> about() {
        return switch (this) {
            case Suspend suspend -> Optional.of(suspend.vm());
            case Resume resume -> Optional.of(resume.vm());
            case Migrate migrate -> Optional.of(migrate.vm());
            case MigrateLive migrate -> Optional.of(migrate.vm());
            case Stop stop -> Optional.of(stop.vm());
            case Start start -> Optional.of(start.vm());
            case Verify verify -> Optional.of(verify.vm());
            case Delete delete -> Optional.of(delete.vm());
            case Terminate terminate -> Optional.of(terminate.vm());
            case Recover _, CollectGarbage _, OfFleet _ -> Optional.empty();
        };
    }

    /** What is to become of that life. */
    default Optional<Wish> wish() {
        return switch (this) {
            case Suspend suspend ->
                Optional.of(new Wish.Suspend(!suspend.writer().keepsGuest()));
            case Resume resume -> Optional.of(new Wish.Resume(resume.host()));
            case Migrate migrate ->
                Optional.of(new Wish.Migrate(migrate.host(), !migrate.writer().keepsGuest()));
            case MigrateLive migrate -> Optional.of(new Wish.MigrateLive(migrate.host()));
            case Stop stop -> Optional.of(new Wish.Suspend(!stop.writer().keepsGuest()));
            case Start _ -> Optional.of(new Wish.Start(Setting.HOSTS));
            case Verify _ -> Optional.of(new Wish.Verify());
            case Delete _ -> Optional.of(new Wish.Delete());
            case Terminate terminate -> Optional.of(new Wish.Terminate(terminate.deletesDirectory()));
            case Recover _, CollectGarbage _, OfFleet _ -> Optional.empty();
        };
    }

    /** Its kind, as numbers of a report are told by. */
    default String kind() {
        return switch (this) {
            case CollectGarbage _ -> "gc";
            case MigrateLive _ -> "migrate live";
            case SuspendAll _ -> "suspend all";
            case ResumeAll _ -> "resume all";
            case Suspend _,
                    Stop _,
                    Resume _,
                    Start _,
                    Migrate _,
                    Verify _,
                    Delete _,
                    Terminate _,
                    Recover _,
                    Evacuate _ -> getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }
}
