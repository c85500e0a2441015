@NullMarked
package io.berth.storage.loop;

import org.jspecify.annotations.NullMarked;
