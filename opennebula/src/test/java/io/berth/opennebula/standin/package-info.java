/** A stand-in for oned, its recordings, and a site of stub scripts. */
@NullMarked
package io.berth.opennebula.standin;

import org.jspecify.annotations.NullMarked;
