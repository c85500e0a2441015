/** Write-ahead journal on SQLite. */
@NullMarked
package io.berth.journal.sqlite;

import org.jspecify.annotations.NullMarked;
