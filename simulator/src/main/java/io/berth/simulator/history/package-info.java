/**
 * Random histories: several engines work at once on one world while things go wrong, and what comes of it is held
 * against the promise and against a VM's life as its owner sees it.
 */
@NullMarked
package io.berth.simulator.history;

import org.jspecify.annotations.NullMarked;
