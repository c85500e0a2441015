/** Guests and their memory. A hypervisor driver never learns which storage it writes to. */
@NullMarked
package io.berth.driver.hypervisor;

import org.jspecify.annotations.NullMarked;
