package io.berth.engine.wire;

import io.berth.driver.OperationId;
import java.util.Optional;

/**
 * The answer to a request that takes its time.
 *
 * @param task what the engine calls it until it is over, and some minutes longer
 * @param operation once there is one: until then hosts and storage are looked at
 */
public record Started(String task, Optional<OperationId> operation) {}
