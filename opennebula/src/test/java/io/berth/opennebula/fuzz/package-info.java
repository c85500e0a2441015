/** What reads the words of others is handed what it never saw; {@code bin/fuzz} goes on with it for as long as one likes. */
@NullMarked
package io.berth.opennebula.fuzz;

import org.jspecify.annotations.NullMarked;
