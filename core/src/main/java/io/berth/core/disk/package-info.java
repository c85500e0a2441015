/** Where the disks of guests lie, and who else is at home there. Only looks. */
@NullMarked
package io.berth.core.disk;

import org.jspecify.annotations.NullMarked;
