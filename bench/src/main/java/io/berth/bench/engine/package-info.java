/** What the engine itself costs, on simulated hosts. */
@NullMarked
package io.berth.bench.engine;

import org.jspecify.annotations.NullMarked;
