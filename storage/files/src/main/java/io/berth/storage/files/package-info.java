/**
 * What every datastore of files has in common, whatever a volume's file becomes on a host: volumes as sparse files in a
 * folder that its hosts see, and beside them the ledger of checkpoints, files as well, each made once.
 */
@NullMarked
package io.berth.storage.files;

import org.jspecify.annotations.NullMarked;
