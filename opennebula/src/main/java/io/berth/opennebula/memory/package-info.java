/**
 * What Berth's engine does with the memory of OpenNebula's VMs, and with their directories. A deed ends in one of two ways, done or not done;
 * as long as it isn't known in which, nothing is answered and hosts and storage are looked at again.
 */
@NullMarked
package io.berth.opennebula.memory;

import org.jspecify.annotations.NullMarked;
