package io.berth.server.http;

import io.berth.engine.wire.Method;
import io.berth.engine.wire.PathTemplate;
import java.util.function.Function;

/**
 * One thing that is answered.
 *
 * @param responder may throw a {@link io.berth.driver.Failure}, which becomes the answer
 */
public record Route(Method method, PathTemplate path, Function<Incoming, Reply> responder) {}
