package io.berth.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.date.FastDateFormat;

/** One connection that keeps its statements prepared. Not thread-safe. */
final class Database implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private Database(Connection connection) {
        this.connection = connection;
    }

    /**
     * Makes what the driver makes once for all connections. It formats dates for each, which Berth never asks for: the
     * names of months and days in the user's language are the dearest part of opening a journal. The driver's library
     * isn't loaded here: that has to wait for {@link NativeLibrary}.
     */
    static void prepare() {
        FastDateFormat.getInstance(SQLiteConfig.DEFAULT_DATE_STRING_FORMAT);
        new SQLiteConfig().toProperties();
    }

    /** @param patience how long to wait for another process's lock */
    static Database openToWrite(Path file, Duration patience) throws SQLException {
        var config = new SQLiteConfig();
        config.enforceForeignKeys(true);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        return open(file, patience, config);
    }

    static Database openToRead(Path file, Duration patience) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        return open(file, patience, config);
    }

    private static Database open(Path file, Duration patience, SQLiteConfig config) throws SQLException {
        config.setBusyTimeout((int) patience.toMillis());
        // As a URI: sqlite-jdbc takes what follows a question mark in a plain path for settings.
        return new Database(config.createConnection("jdbc:sqlite:" + file.toUri()));
    }

    void execute(String sql) throws SQLException {
        with(sql, PreparedStatement::execute);
    }

    /** @return the number of rows changed */
    int update(String sql, Object... parameters) throws SQLException {
        return with(sql, PreparedStatement::executeUpdate, parameters);
    }

    <T> List<T> query(RowReader<T> reader, String sql, Object... parameters) throws SQLException {
        return with(
                sql,
                statement -> {
                    try (var rows = statement.executeQuery()) {
                        var result = new ArrayList<T>();
                        while (rows.next()) {
                            result.add(read(reader, rows));
                        }
                        return result;
                    }
                },
                parameters);
    }

    <T> Optional<T> first(RowReader<T> reader, String sql, Object... parameters) throws SQLException {
        return query(reader, sql, parameters).stream().findFirst();
    }

    private <T> T with(String sql, Use<T> use, Object... parameters) throws SQLException {
        var statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        try {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return use.of(statement);
        } catch (SQLException failure) {
            // The driver drops what SQLite had prepared when it fails, and it can't be used again.
            prepared.remove(sql);
            statement.close();
            throw failure;
        }
    }

    private static <T> T read(RowReader<T> reader, ResultSet rows) throws SQLException {
        try {
            return reader.read(rows);
        } catch (RuntimeException nonsense) {
            // No identifier, no known state: nobody wrote it so.
            var failure = new SQLiteException(
                    "a value can't be what was written: " + nonsense.getMessage(), SQLiteErrorCode.SQLITE_CORRUPT);
            failure.initCause(nonsense);
            throw failure;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Makes a value of the row a result stands on. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }
}
