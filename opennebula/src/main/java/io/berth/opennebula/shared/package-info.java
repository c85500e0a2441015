/**
 * What becomes of storage commands where a VM's directory lies on a file system that all hosts share and its datastore
 * says so. Only decided here, and by pure functions; {@code run} does it.
 */
@NullMarked
package io.berth.opennebula.shared;

import org.jspecify.annotations.NullMarked;
