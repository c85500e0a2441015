/** A whole simulated site under OpenNebula's drivers: a random walk of many VMs on datastores of all kinds. */
@NullMarked
package io.berth.opennebula.walk;

import org.jspecify.annotations.NullMarked;
