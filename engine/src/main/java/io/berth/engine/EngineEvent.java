package io.berth.engine;

import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.journal.StepEvent.Phase;
import io.berth.driver.DataSize;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;

/** News of an operation that runs. */
public sealed interface EngineEvent {
    OperationId operation();

    /**
     * @param steps how many steps there are
     */
    record OperationBegins(OperationId operation, String kind, VmRef vm, int steps) implements EngineEvent {}

    /**
     * @param number of the step in its plan, from 1
     * @param text what it does, in a few words
     */
    record StepBegins(OperationId operation, int number, String step, String text, Direction direction)
            implements EngineEvent {}

    record StepEnds(OperationId operation, String step, Direction direction, Phase phase) implements EngineEvent {}

    /**
     * @param expected a bound, not a promise; zero when unknown
     */
    record BytesMoved(OperationId operation, DataSize done, DataSize expected) implements EngineEvent {}

    record OperationEnds(OperationId operation, OperationState state, String message) implements EngineEvent {}
}
