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

    static void remove(Database database, HostRef host) throws SQLException {
        database.update("DELETE FROM host WHERE name = ?", host.name());
    }
}
