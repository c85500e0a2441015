package io.berth.bench.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A library that makes each fsync and fdatasync of a process 5 ms slower, when it is loaded before the others. */
public final class SlowFsync {
    private SlowFsync() {}

    public static Path library(Stage stage) {
        var library = stage.work().resolve("slow-fsync.so");
        stage.run(
                Duration.ofMinutes(1),
                Map.of(),
                List.of(
                        "gcc",
                        "-O2",
                        "-Wall",
                        "-shared",
                        "-fPIC",
                        "-o",
                        library.toString(),
                        stage.root().resolve("bench/src/main/c/slow-fsync.c").toString()));
        return library;
    }
}
