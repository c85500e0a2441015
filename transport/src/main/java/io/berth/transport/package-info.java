/** Commands on hosts: local, SSH, host guard. */
@NullMarked
package io.berth.transport;

import org.jspecify.annotations.NullMarked;
