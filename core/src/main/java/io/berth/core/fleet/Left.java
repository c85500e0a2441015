package io.berth.core.fleet;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;

/**
 * A VM that nothing is done with.
 *
 * @param host where it is, or was last
 * @param why and what a person could do about it
 */
public record Left(VmRef vm, HostRef host, Failure why) {}
