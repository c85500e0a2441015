/** What is measured, and against which limit. */
@NullMarked
package io.berth.bench.figure;

import org.jspecify.annotations.NullMarked;
