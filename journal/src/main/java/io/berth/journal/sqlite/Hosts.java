package io.berth.journal.sqlite;

import io.berth.core.journal.Journal.HostEntry;
import io.berth.driver.HostRef;
import java.sql.SQLException;
import java.util.List;

/** The hosts' table. */
final class Hosts {
    private Hosts() {}

    static List<HostEntry> all(Database database) throws SQLException {
        return database.query(
                row -> new HostEntry(
                        new HostRef(row.getString("name")), row.getString("address"), row.getString("hypervisor")),
                "SELECT name, address, hypervisor FROM host ORDER BY name");
    }

    static void put(Database database, HostEntry host) throws SQLException {
        database.update(
                "INSERT OR REPLACE INTO host (name, address, hypervisor) VALUES (?, ?, ?)",
                host.host().name(),
                host.address(),
                host.hypervisor());
    }

    /** Writes a row under a name that no host can have, and takes it away again in the same transaction. */
    static void tryWriting(Database database) throws SQLException {
        database.update("INSERT INTO host (name, address, hypervisor) VALUES ('', '', '')");
        database.update("DELETE FROM host WHERE name = ''");
    }

    static void remove(Database database, HostRef host) throws SQLException {
        database.update("DELETE FROM host WHERE name = ?", host.name());
    }
}
