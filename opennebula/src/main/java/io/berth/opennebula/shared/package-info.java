/**
 * What becomes of storage commands where the datastore of a VM's directory says whether its hosts share it, or that Berth is to
 * find out. Only decided here, and by pure functions; {@code run} does it.
 */
@NullMarked
package io.berth.opennebula.shared;

import org.jspecify.annotations.NullMarked;
