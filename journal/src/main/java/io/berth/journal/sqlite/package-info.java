/**
 * The write-ahead journal on SQLite.
 *
 * <p>In a folder of its own (0700) lie {@code journal.db}, SQLite's {@code -wal} and {@code -shm} beside it (all 0600),
 * and {@code native/}: sqlite-jdbc's library, unpacked once instead of into the temporary folder at each start (about
 * 100 ms). It is used only if it belongs to this user and nobody else may write it. Who sets the system property {@code
 * org.sqlite.lib.path} has it taken from there.
 *
 * <p>Plain JDBC: Jdbi would add 200 ms and more to the start of each command, and there are few statements.
 */
@NullMarked
package io.berth.journal.sqlite;

import org.jspecify.annotations.NullMarked;
