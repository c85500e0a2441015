/** The text in which a storage keeps what Berth knows of a checkpoint, the same on every storage. */
@NullMarked
package io.berth.storage.records;

import org.jspecify.annotations.NullMarked;
