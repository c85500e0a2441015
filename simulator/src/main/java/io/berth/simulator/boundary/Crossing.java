package io.berth.simulator.boundary;

import io.berth.simulator.world.World;
import java.util.function.Supplier;

/**
 * One call on its way, in the hands of whoever injects faults.
 *
 * @param position counted from the first crossing of this boundary
 * @param effect does it, and gives the answer
 */
public record Crossing<T>(World world, EngineProcess engine, int position, Site site, Supplier<T> effect) {}
