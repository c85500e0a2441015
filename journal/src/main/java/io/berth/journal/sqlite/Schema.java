package io.berth.journal.sqlite;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables, as the list of changes that lead to them. {@code PRAGMA user_version} counts how many of them a file has
 * seen. What was once released is never edited: a change is a new list at the end.
 */
final class Schema {
    /** Marks the file as ours ("Brth"), for file(1) and so that another program's database isn't written to. */
    static final int APPLICATION = 0x42727468;

    private static final List<List<String>> MIGRATIONS = List.of(List.of(
            """
            CREATE TABLE lease (
                vm        TEXT PRIMARY KEY,
                vm_name   TEXT NOT NULL,
                epoch     INTEGER NOT NULL CHECK (epoch >= 1),
                held      INTEGER NOT NULL CHECK (held IN (0, 1)),
                owner     TEXT NOT NULL,
                machine   TEXT NOT NULL,
                pid       INTEGER NOT NULL,
                started   INTEGER NOT NULL, -- clock ticks since boot
                operation TEXT NOT NULL,
                heartbeat INTEGER NOT NULL  -- milliseconds since boot
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE operation (
                seq     INTEGER PRIMARY KEY,
                id      TEXT NOT NULL UNIQUE,
                vm      TEXT NOT NULL,
                vm_name TEXT NOT NULL,
                kind    TEXT NOT NULL,
                plan    TEXT NOT NULL,
                state   TEXT NOT NULL,
                message TEXT NOT NULL,
                begun   INTEGER NOT NULL, -- milliseconds since 1970
                changed INTEGER NOT NULL
            ) STRICT
            """,
            "CREATE INDEX operation_of_vm ON operation (vm)",
            // Recovery looks for these at each start; there are few, however long the history.
            """
            CREATE INDEX operation_open ON operation (seq)
                WHERE state IN ('ACTIVE', 'SUCCEEDED_CLEANUP_PENDING', 'PENDING')
            """,
            """
            CREATE TABLE step_event (
                seq       INTEGER PRIMARY KEY,
                operation INTEGER NOT NULL REFERENCES operation (seq),
                epoch     INTEGER NOT NULL,
                at        INTEGER NOT NULL, -- milliseconds since 1970
                step      TEXT NOT NULL,
                direction TEXT NOT NULL,
                phase     TEXT NOT NULL,
                detail    TEXT NOT NULL
            ) STRICT
            """,
            "CREATE INDEX step_event_of_operation ON step_event (operation)",
            """
            CREATE TABLE step_output (
                event INTEGER NOT NULL REFERENCES step_event (seq),
                name  TEXT NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (event, name)
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE host (
                name       TEXT PRIMARY KEY,
                address    TEXT NOT NULL,
                hypervisor TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
            "PRAGMA application_id = " + APPLICATION));

    private Schema() {}

    /**
     * Brings the file to this program's version; several processes may do so at once.
     *
     * @throws Failure {@code journal.newer}, {@code journal.corrupt} when it is another program's
     */
    static void migrate(Database database, Path file) throws SQLException {
        if (checkedVersion(database, file) == MIGRATIONS.size()) {
            return;
        }
        database.execute("BEGIN IMMEDIATE");
        try {
            // Another process may have been faster.
            for (var version = checkedVersion(database, file); version < MIGRATIONS.size(); version++) {
                for (var statement : MIGRATIONS.get(version)) {
                    database.execute(statement);
                }
            }
            database.execute("PRAGMA user_version = " + MIGRATIONS.size());
            database.execute("COMMIT");
        } catch (SQLException | Failure failure) {
            database.execute("ROLLBACK");
            throw failure;
        }
    }

    private static int checkedVersion(Database database, Path file) throws SQLException {
        var version = number(database, "PRAGMA user_version");
        if (version > MIGRATIONS.size()) {
            throw Failure.of(FailureKind.ENVIRONMENT, "journal.newer", "a newer Berth has written the journal " + file)
                    .why("its schema has version " + version + ", this program knows " + MIGRATIONS.size())
                    .next("use the newer Berth; it alone knows what the running operations mean")
                    .build();
        }
        var application = number(database, "PRAGMA application_id");
        var empty = version == 0 && number(database, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!empty && application != APPLICATION) {
            throw SqliteFailures.corrupt(file, "it is a database, but not a journal of Berth");
        }
        return version;
    }

    private static int number(Database database, String sql) throws SQLException {
        return database.first(row -> row.getInt(1), sql).orElse(0);
    }
}
