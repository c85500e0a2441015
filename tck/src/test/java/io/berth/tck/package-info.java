@NullMarked
package io.berth.tck;

import org.jspecify.annotations.NullMarked;
