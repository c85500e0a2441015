/** What storage drivers share: commands on a datastore's hosts, loop devices, the text of records. */
@NullMarked
package io.berth.storage.common;

import org.jspecify.annotations.NullMarked;
