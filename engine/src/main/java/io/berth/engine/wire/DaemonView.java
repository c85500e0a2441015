package io.berth.engine.wire;

import java.time.Instant;

/**
 * The process that answers.
 *
 * @param version of Berth
 * @param pid of the process
 * @param since when it began
 * @param tasks that are being worked on
 * @param stopping it takes no new work
 */
public record DaemonView(String version, long pid, Instant since, int tasks, boolean stopping) {}
