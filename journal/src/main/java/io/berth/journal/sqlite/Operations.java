package io.berth.journal.sqlite;

import io.berth.core.journal.Lease;
import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The tables of operations and of what their steps did. Rows are ordered by their number, not by time: clocks jump.
 *
 * <p>All methods run in a transaction of the caller, who has checked the lease.
 */
final class Operations {
    /** Word for word the condition of the index. */
    private static final String OPEN = "o.state IN ('ACTIVE', 'SUCCEEDED_CLEANUP_PENDING', 'PENDING')";

    /** An event changes its operation; to look for the last one here saves a page with each event written. */
    private static final String SELECT = """
            SELECT o.*, max(o.changed, coalesce(
                (SELECT e.at FROM step_event e WHERE e.operation = o.seq ORDER BY e.seq DESC LIMIT 1), 0)) AS latest
            FROM operation o
            """;

    private final InstantSource clock;

    Operations(InstantSource clock) {
        this.clock = clock;
    }

    void begin(Database database, Lease lease, String kind, String plan) throws SQLException {
        if (find(database, lease.operation()).isPresent()) {
            throw bug("journal.operation-exists", "operation " + lease.operation() + " was begun before");
        }
        var now = clock.millis();
        database.update(
                """
                INSERT INTO operation (id, vm, vm_name, kind, plan, state, message, begun, changed)
                VALUES (?, ?, ?, ?, ?, ?, '', ?, ?)
                """,
                lease.operation().id(),
                lease.vm().uuid().toString(),
                lease.vm().name(),
                kind,
                plan,
                OperationState.ACTIVE.name(),
                now,
                now);
    }

    void append(Database database, Lease lease, List<StepEvent> events) throws SQLException {
        var operation = number(database, lease);
        var now = clock.millis();
        for (var event : events) {
            var number = database.first(
                            row -> row.getLong(1),
                            """
                            INSERT INTO step_event (operation, epoch, at, step, direction, phase, detail)
                            VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING seq
                            """,
                            operation,
                            lease.epoch(),
                            now,
                            event.step(),
                            event.direction().name(),
                            event.phase().name(),
                            event.detail())
                    .orElseThrow();
            for (var output : event.outputs().entrySet()) {
                database.update(
                        "INSERT INTO step_output (event, name, value) VALUES (?, ?, ?)",
                        number,
                        output.getKey(),
                        output.getValue());
            }
        }
    }

    void settle(Database database, Lease lease, OperationState state, String message) throws SQLException {
        database.update(
                "UPDATE operation SET state = ?, message = ?, changed = ? WHERE seq = ?",
                state.name(),
                message,
                clock.millis(),
                number(database, lease));
    }

    Optional<OperationEntry> find(Database database, OperationId id) throws SQLException {
        return database.first(Operations::readOperation, SELECT + "WHERE o.id = ?", id.id());
    }

    List<OperationEntry> open(Database database) throws SQLException {
        return database.query(Operations::readOperation, SELECT + "WHERE " + OPEN + " ORDER BY o.seq");
    }

    List<OperationEntry> open(Database database, UUID vm) throws SQLException {
        return database.query(
                Operations::readOperation, SELECT + "WHERE o.vm = ? AND " + OPEN + " ORDER BY o.seq", vm.toString());
    }

    List<OperationEntry> history(Database database, int limit) throws SQLException {
        return database.query(Operations::readOperation, SELECT + "ORDER BY o.seq DESC LIMIT ?", limit);
    }

    List<OperationEntry> history(Database database, UUID vm, int limit) throws SQLException {
        return database.query(
                Operations::readOperation, SELECT + "WHERE o.vm = ? ORDER BY o.seq DESC LIMIT ?", vm.toString(), limit);
    }

    List<StepEvent> events(Database database, OperationId id) throws SQLException {
        var events = database.query(
                NumberedEvent::read,
                "SELECT e.* FROM operation o JOIN step_event e ON e.operation = o.seq WHERE o.id = ? ORDER BY e.seq",
                id.id());
        // Second: an event that another process writes in between must not be seen without its outputs.
        var outputs = new HashMap<Long, Map<String, String>>();
        database.query(
                row -> outputs.computeIfAbsent(row.getLong(1), _ -> new HashMap<>())
                        .put(row.getString(2), row.getString(3)),
                """
                SELECT x.event, x.name, x.value
                FROM operation o JOIN step_event e ON e.operation = o.seq JOIN step_output x ON x.event = e.seq
                WHERE o.id = ?
                """,
                id.id());
        return events.stream()
                .map(found -> found.with(outputs.getOrDefault(found.number(), Map.of())))
                .toList();
    }

    private static long number(Database database, Lease lease) throws SQLException {
        return database.first(
                        row -> row.getLong(1),
                        "SELECT seq FROM operation WHERE id = ? AND vm = ?",
                        lease.operation().id(),
                        lease.vm().uuid().toString())
                .orElseThrow(() ->
                        bug("journal.no-operation", "operation " + lease.operation() + " of this VM was never begun"));
    }

    private static OperationEntry readOperation(ResultSet row) throws SQLException {
        return new OperationEntry(
                new OperationId(row.getString("id")),
                new VmRef(UUID.fromString(row.getString("vm")), row.getString("vm_name")),
                row.getString("kind"),
                row.getString("plan"),
                OperationState.valueOf(row.getString("state")),
                row.getString("message"),
                Instant.ofEpochMilli(row.getLong("begun")),
                Instant.ofEpochMilli(row.getLong("latest")));
    }

    private static Failure bug(String code, String what) {
        return Failure.of(FailureKind.BUG, code, what).build();
    }

    private record NumberedEvent(long number, StepEvent event) {
        static NumberedEvent read(ResultSet row) throws SQLException {
            var event = new StepEvent(
                    row.getString("step"),
                    StepEvent.Direction.valueOf(row.getString("direction")),
                    StepEvent.Phase.valueOf(row.getString("phase")),
                    Map.of(),
                    row.getString("detail"));
            return new NumberedEvent(row.getLong("seq"), event);
        }

        StepEvent with(Map<String, String> outputs) {
            return new StepEvent(event.step(), event.direction(), event.phase(), outputs, event.detail());
        }
    }
}
