/** What storage drivers do on a datastore's hosts, whatever the storage is: commands, loop devices, files in use. */
@NullMarked
package io.berth.storage.hosts;

import org.jspecify.annotations.NullMarked;
