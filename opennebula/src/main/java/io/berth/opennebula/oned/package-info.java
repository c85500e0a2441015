/**
 * A small client of OpenNebula's core: what {@code oned} says of VMs, hosts and datastores, by XML-RPC. Begin with {@link
 * io.berth.opennebula.oned.Oned}.
 */
@NullMarked
package io.berth.opennebula.oned;

import org.jspecify.annotations.NullMarked;
