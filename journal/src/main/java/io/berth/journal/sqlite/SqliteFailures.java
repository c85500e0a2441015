package io.berth.journal.sqlite;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** Tells in Berth's words what SQLite says in numbers (sqlite.org/rescode.html). */
final class SqliteFailures {
    private static final int PRIMARY_CODE = 0xff;
    private static final int PERM = 3;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int PROTOCOL = 15;
    private static final int FORMAT = 24;
    private static final int NOTADB = 26;

    /** Less room than this, and a failed write is blamed on it. */
    private static final long HARDLY_ANY_ROOM = 256 * 1024;

    private SqliteFailures() {}

    /** SQLite's primary result code. */
    static int primaryCode(SQLException cause) {
        // The driver's getErrorCode() gives the primary code, or the extended one, depending on the place.
        return cause instanceof SQLiteException sqlite
                ? sqlite.getResultCode().code & PRIMARY_CODE
                : cause.getErrorCode() & PRIMARY_CODE;
    }

    static boolean isBusy(SQLException cause) {
        return switch (primaryCode(cause)) {
            case BUSY, LOCKED, PROTOCOL -> true;
            default -> false;
        };
    }

    /** Of something that wasn't done. */
    static Failure translate(SQLException cause, Path file) {
        return switch (primaryCode(cause)) {
            case BUSY, LOCKED, PROTOCOL -> busy(file, cause);
            case READONLY, CANTOPEN, PERM -> readOnly(file, text(cause), cause);
            case FULL -> full(file, cause);
            case IOERR -> hardlyAnyRoom(file) ? full(file, cause) : broken(FailureKind.ENVIRONMENT, file, cause);
            case CORRUPT, FORMAT, NOTADB -> corrupt(file, text(cause), cause);
            default ->
                Failure.of(FailureKind.BUG, "journal.bug", "the journal " + file + " refused a statement")
                        .why(text(cause))
                        .cause(cause)
                        .build();
        };
    }

    /** Of a commit whose flush failed: what the disk holds now nobody knows. */
    static Failure unknownCommit(SQLException cause, Path file) {
        return broken(FailureKind.UNKNOWN_OUTCOME, file, cause);
    }

    /** Of a write that wasn't tried, since a flush failed before. */
    static Failure brokenBefore(SQLException cause, Path file) {
        return broken(FailureKind.ENVIRONMENT, file, cause);
    }

    static Failure corrupt(Path file, String why) {
        return corruptBuilder(file, why).build();
    }

    static Failure readOnly(Path file, String why) {
        return readOnlyBuilder(file, why).build();
    }

    private static Failure corrupt(Path file, String why, Exception cause) {
        return corruptBuilder(file, why).cause(cause).build();
    }

    private static Failure.Builder corruptBuilder(Path file, String why) {
        return Failure.of(FailureKind.ENVIRONMENT, "journal.corrupt", "the journal " + file + " is damaged")
                .why(why)
                .next("run 'berth recover --rebuild': it keeps the damaged file aside and reads storage and"
                        + " hypervisors instead; check the disk below");
    }

    private static Failure readOnly(Path file, String why, Exception cause) {
        return readOnlyBuilder(file, why).cause(cause).build();
    }

    private static Failure.Builder readOnlyBuilder(Path file, String why) {
        return Failure.of(FailureKind.ENVIRONMENT, "journal.read-only", "the journal " + file + " can't be written")
                .why(why)
                .next("make file, folder and file system writable for this user, or choose another --home");
    }

    private static Failure busy(Path file, SQLException cause) {
        return Failure.of(FailureKind.ENVIRONMENT, "journal.busy", "the journal " + file + " stays locked")
                .why("another process holds its lock: " + text(cause))
                .next("see who has it open with 'fuser -v " + file + "', then try again")
                .cause(cause)
                .build();
    }

    private static Failure full(Path file, SQLException cause) {
        return Failure.of(FailureKind.ENVIRONMENT, "journal.full", "no room left for the journal " + file)
                .why(text(cause))
                .next("make room on its file system, then try again or run 'berth recover'")
                .cause(cause)
                .build();
    }

    private static Failure broken(FailureKind kind, Path file, SQLException cause) {
        return Failure.of(kind, "journal.io", "the disk of the journal " + file + " failed")
                .why(text(cause))
                .next("look at the kernel's log and at the disk, then run 'berth recover'")
                .cause(cause)
                .build();
    }

    private static boolean hardlyAnyRoom(Path file) {
        try {
            return Files.getFileStore(file).getUsableSpace() < HARDLY_ANY_ROOM;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static String text(Exception cause) {
        return String.valueOf(cause.getMessage());
    }
}
