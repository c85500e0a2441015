/**
 * Storage driver {@code loop}: volumes are sparse files in a folder that every host of the datastore sees, attached as
 * loop devices with direct I/O. The ledger of checkpoints is files beside them, each made once.
 */
@NullMarked
package io.berth.storage.loop;

import org.jspecify.annotations.NullMarked;
