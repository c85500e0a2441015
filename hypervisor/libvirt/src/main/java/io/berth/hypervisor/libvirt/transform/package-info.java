/** Changes to a guest's definition before it starts or is restored: an ordered list of small named functions. */
@NullMarked
package io.berth.hypervisor.libvirt.transform;

import org.jspecify.annotations.NullMarked;
