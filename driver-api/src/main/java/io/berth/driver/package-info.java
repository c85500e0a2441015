/** Interfaces and records for driver authors. */
@NullMarked
package io.berth.driver;

import org.jspecify.annotations.NullMarked;
