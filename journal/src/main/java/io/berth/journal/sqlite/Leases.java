package io.berth.journal.sqlite;

import io.berth.core.journal.Lease;
import io.berth.core.journal.Owner;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases' table. A lease that was given back keeps its row: the next epoch is counted from it.
 *
 * <p>All methods run in a transaction of the caller.
 */
final class Leases {
    static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final Machine machine;

    Leases(Machine machine) {
        this.machine = machine;
    }

    Lease acquire(Database database, VmRef vm, Owner owner, OperationId operation, long atLeast) throws SQLException {
        var found = database.first(
                Leases::read, "SELECT * FROM lease WHERE vm = ?", vm.uuid().toString());
        found.filter(row -> row.held() && lives(row)).ifPresent(row -> {
            throw busy(vm, row.lease());
        });
        found.filter(Row::held)
                .ifPresent(row -> LOG.info(
                        "operation={} event=lease-taken-over vm={} from-owner={} from-operation={} from-epoch={}",
                        operation,
                        vm.uuid(),
                        row.lease().owner().name(),
                        row.lease().operation(),
                        row.lease().epoch()));
        var previous = found.map(row -> row.lease().epoch()).orElse(0L);
        var lease = new Lease(vm, Math.max(Math.addExact(previous, 1), atLeast), owner, operation);
        write(database, lease);
        return lease;
    }

    void renew(Database database, Lease lease) throws SQLException {
        check(database, lease);
        database.update(
                "UPDATE lease SET heartbeat = ? WHERE vm = ?",
                machine.uptimeMillis(),
                lease.vm().uuid().toString());
    }

    void release(Database database, Lease lease) throws SQLException {
        database.update(
                "UPDATE lease SET held = 0 WHERE vm = ? AND epoch = ?",
                lease.vm().uuid().toString(),
                lease.epoch());
    }

    /** @throws Failure {@code journal.lease-lost} unless the lease is still held under its epoch */
    void check(Database database, Lease lease) throws SQLException {
        var now = database.first(
                Leases::read,
                "SELECT * FROM lease WHERE vm = ?",
                lease.vm().uuid().toString());
        if (now.filter(row -> row.held() && isSame(row.lease(), lease)).isEmpty()) {
            throw lost(lease, now);
        }
    }

    Optional<Lease> find(Database database, UUID vm) throws SQLException {
        return database.first(Leases::read, "SELECT * FROM lease WHERE vm = ? AND held = 1", vm.toString())
                .map(Row::lease);
    }

    /** An owner is dead when its process is, known at once on the same machine, or when it was silent too long. */
    private boolean lives(Row row) {
        var owner = row.lease().owner();
        var here = machine.identity();
        if (!boot(owner.machine()).equals(boot(here))) {
            return false;
        }
        if (owner.machine().equals(here) && !machine.runs(owner.pid(), owner.started())) {
            return false;
        }
        return machine.uptimeMillis() - row.heartbeat() <= TIME_TO_LIVE.toMillis();
    }

    private static String boot(String identity) {
        var slash = identity.indexOf('/');
        return slash < 0 ? identity : identity.substring(0, slash);
    }

    /** Compares strings: the first equals of a record takes 20 ms in a new process, for code made at run time. */
    private static boolean isSame(Lease held, Lease lease) {
        return held.epoch() == lease.epoch()
                && held.owner().name().equals(lease.owner().name())
                && held.operation().id().equals(lease.operation().id());
    }

    private void write(Database database, Lease lease) throws SQLException {
        database.update(
                """
                INSERT OR REPLACE INTO lease
                    (vm, vm_name, epoch, held, owner, machine, pid, started, operation, heartbeat)
                VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)
                """,
                lease.vm().uuid().toString(),
                lease.vm().name(),
                lease.epoch(),
                lease.owner().name(),
                lease.owner().machine(),
                lease.owner().pid(),
                lease.owner().started(),
                lease.operation().id(),
                machine.uptimeMillis());
    }

    private static Row read(ResultSet row) throws SQLException {
        var owner =
                new Owner(row.getString("owner"), row.getString("machine"), row.getLong("pid"), row.getLong("started"));
        var vm = new VmRef(UUID.fromString(row.getString("vm")), row.getString("vm_name"));
        var lease = new Lease(vm, row.getLong("epoch"), owner, new OperationId(row.getString("operation")));
        return new Row(lease, row.getBoolean("held"), row.getLong("heartbeat"));
    }

    private static Failure busy(VmRef vm, Lease holder) {
        return Failure.of(FailureKind.CONFLICT, "vm.busy", "VM " + vm + " is being worked on")
                .why("operation " + holder.operation() + " of process "
                        + holder.owner().pid() + " (" + holder.owner().name() + ") holds it")
                .next("wait for it ('berth operation show " + holder.operation() + "') or cancel it, then try again")
                .build();
    }

    private static Failure lost(Lease lease, Optional<Row> now) {
        var holder = now.filter(row -> row.held() || row.lease().epoch() > lease.epoch())
                .map(row -> "operation " + row.lease().operation() + " of "
                        + row.lease().owner().name() + (row.held() ? " has it now" : " has had it since")
                        + ", with epoch "
                        + row.lease().epoch())
                .orElse("it was given back");
        return Failure.of(
                        FailureKind.CONFLICT,
                        "journal.lease-lost",
                        "operation " + lease.operation() + " has lost VM " + lease.vm())
                .why(holder + "; ours had epoch " + lease.epoch())
                .next("nothing is to be done here: whoever took over finishes or undoes the operation")
                .build();
    }

    /** @param heartbeat milliseconds since the boot of the owner's machine */
    private record Row(Lease lease, boolean held, long heartbeat) {}
}
