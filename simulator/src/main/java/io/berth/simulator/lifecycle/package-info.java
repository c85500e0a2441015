/**
 * A virtual machine's life as its owner sees it, one thing after the other: what callers were told must be explained by
 * some order of what they asked for.
 */
@NullMarked
package io.berth.simulator.lifecycle;

import org.jspecify.annotations.NullMarked;
