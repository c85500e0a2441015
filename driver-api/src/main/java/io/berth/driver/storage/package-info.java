/** Volumes, their attachments, and the ledger of checkpoints that lives on the storage itself. */
@NullMarked
package io.berth.driver.storage;

import org.jspecify.annotations.NullMarked;
