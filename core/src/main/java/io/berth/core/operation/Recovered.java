package io.berth.core.operation;

import io.berth.core.journal.OperationEntry;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import java.util.Optional;

/**
 * What came of an operation that recovery went on with.
 *
 * @param result how it ended or where it rests; empty when it couldn't be taken over
 * @param obstacle why it couldn't be taken over
 */
public record Recovered(OperationEntry operation, Optional<RunResult> result, Optional<Failure> obstacle) {}
