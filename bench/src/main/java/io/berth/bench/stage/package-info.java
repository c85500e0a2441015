/** What measurements run on: a lab of their own, real guests, and engines that tell where the time goes. */
@NullMarked
package io.berth.bench.stage;

import org.jspecify.annotations.NullMarked;
