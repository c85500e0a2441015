/** Volumes as RBD images, with a ledger that lives in the same pool. */
@NullMarked
package io.berth.storage.ceph;

import org.jspecify.annotations.NullMarked;
