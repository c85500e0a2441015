package io.berth.engine;

import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.StepEvent;
import java.util.List;
import java.util.Optional;

/**
 * An operation with its steps.
 *
 * @param owner the process that works on it, if one does
 * @param plan one line a step, as {@code --dry-run} shows it; empty when a newer Berth wrote it
 * @param events what happened, oldest first
 */
public record OperationDetail(
        OperationEntry operation, Optional<String> owner, List<String> plan, List<StepEvent> events) {}
