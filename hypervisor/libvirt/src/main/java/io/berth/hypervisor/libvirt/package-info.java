/** Hypervisor driver: libvirt. */
@NullMarked
package io.berth.hypervisor.libvirt;

import org.jspecify.annotations.NullMarked;
