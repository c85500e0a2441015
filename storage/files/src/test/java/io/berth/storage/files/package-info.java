@NullMarked
package io.berth.storage.files;

import org.jspecify.annotations.NullMarked;
