/**
 * Storage driver {@code script}: volumes are whatever a site's own executables make of them. The contract between Berth
 * and the scripts is the page {@code docs/reference/script-storage.md}; the ledger of checkpoints is Berth's own.
 */
@NullMarked
package io.berth.storage.script;

import org.jspecify.annotations.NullMarked;
