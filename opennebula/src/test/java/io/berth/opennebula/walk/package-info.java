/** A whole site under OpenNebula's drivers: a random walk of many VMs on datastores of all kinds, whatever the site is made of. */
@NullMarked
package io.berth.opennebula.walk;

import org.jspecify.annotations.NullMarked;
