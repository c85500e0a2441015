/** Disks that Berth makes of images itself, where their datastore asks for it. */
@NullMarked
package io.berth.opennebula.image;

import org.jspecify.annotations.NullMarked;
