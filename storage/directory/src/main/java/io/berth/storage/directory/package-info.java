/** Storage driver {@code directory}: volumes are plain files in a folder; a host uses them where they lie. */
@NullMarked
package io.berth.storage.directory;

import org.jspecify.annotations.NullMarked;
