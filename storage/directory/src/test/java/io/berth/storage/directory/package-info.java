@NullMarked
package io.berth.storage.directory;

import org.jspecify.annotations.NullMarked;
