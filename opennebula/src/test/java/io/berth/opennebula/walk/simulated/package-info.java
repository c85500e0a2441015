/** A walk on a site that is simulated, with hosts and datastores of a world in virtual time. */
@NullMarked
package io.berth.opennebula.walk.simulated;

import org.jspecify.annotations.NullMarked;
