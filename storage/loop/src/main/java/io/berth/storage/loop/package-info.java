/** Storage driver: sparse files as loop devices. */
@NullMarked
package io.berth.storage.loop;

import org.jspecify.annotations.NullMarked;
