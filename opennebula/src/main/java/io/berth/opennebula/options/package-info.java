/** What stands in {@code ARGUMENTS} of {@code oned.conf}. */
@NullMarked
package io.berth.opennebula.options;

import org.jspecify.annotations.NullMarked;
