package io.berth.engine.configuration;

import io.berth.driver.DataSize;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of the section {@code daemon}. */
final class DaemonKeys {
    static final Key<Set<PosixFilePermission>> MODE = Key.of(
            "socket-mode",
            Forms.fileMode(),
            PosixFilePermissions.fromString("rw-rw----"),
            "`0660`",
            "Permissions of the socket. Whoever may write to it may do anything that Berth can.");
    static final Key<String> GROUP = new Key<>(
            "group",
            Forms.name(),
            Optional.empty(),
            "that of the process",
            "Group of the socket and its folder, whose members may use the daemon.");
    static final Key<Integer> CONNECTIONS =
            Key.of("connections", Forms.number(1, 10_000), 256, "256", "Connections at once. More of them wait.");
    static final Key<DataSize> BODY = Key.of(
            "body",
            Forms.size(DataSize.ofKibibytes(1), DataSize.ofMebibytes(64)),
            DataSize.ofKibibytes(64),
            "`64K`",
            "How long the body of a request may be.");
    static final Key<Duration> PATIENCE = Key.of(
            "patience",
            Forms.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            Duration.ofSeconds(10),
            "`10s`",
            "How long a client may send nothing of what it announced, or take nothing of what it is sent. Then its"
                    + " connection is closed; what it asked for goes on.");
    static final Key<Integer> TASKS = Key.of(
            "tasks",
            Forms.number(1, 100_000),
            1000,
            "1000",
            "Requests that are worked on at once. More of them are refused.");
    static final Key<Integer> REMEMBERED = Key.of(
            "remembered-tasks",
            Forms.number(1, 100_000),
            200,
            "200",
            "How many of the requests that are over can still be asked for. The journal has their operations for ever.");
    static final Key<Integer> NEWS = Key.of(
            "news",
            Forms.number(10, 1_000_000),
            10_000,
            "10000",
            "How much news of each request is kept for who comes later.");
    static final Key<Duration> FINISH = Key.of(
            "finish-time",
            Forms.duration(Duration.ZERO, Duration.ofHours(1)),
            Duration.ofSeconds(10),
            "`10s`",
            "How long operations may go on by themselves when the daemon is to stop. Then they are cancelled: undone"
                    + " before their point of no return, finished after it.");
    static final Key<Duration> UNDO = Key.of(
            "undo-time",
            Forms.duration(Duration.ZERO, Duration.ofHours(1)),
            Duration.ofMinutes(1),
            "`1m`",
            "How long they may take for that. What isn't over then is left to recovery.");
    static final Key<Duration> RECOVER_EVERY = Key.of(
            "recover-every",
            Forms.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
            Duration.ofMinutes(1),
            "`1m`",
            "How often operations whose process is gone are finished or undone; also when the daemon starts.");
    static final Key<Duration> GARBAGE_EVERY = Key.of(
            "garbage-every",
            Forms.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
            Duration.ofHours(1),
            "`1h`",
            "How often it is looked for what nobody owns. It is told in the log and never deleted.");

    static final List<Key<?>> ALL = List.of(
            MODE,
            GROUP,
            CONNECTIONS,
            BODY,
            PATIENCE,
            TASKS,
            REMEMBERED,
            NEWS,
            FINISH,
            UNDO,
            RECOVER_EVERY,
            GARBAGE_EVERY);

    private DaemonKeys() {}

    static DaemonConfiguration configuration(SectionReader values) {
        return new DaemonConfiguration(
                values.value(MODE),
                values.written(GROUP),
                values.value(CONNECTIONS),
                values.value(BODY),
                values.value(PATIENCE),
                values.value(TASKS),
                values.value(REMEMBERED),
                values.value(NEWS),
                values.value(FINISH),
                values.value(UNDO),
                values.value(RECOVER_EVERY),
                values.value(GARBAGE_EVERY));
    }
}
