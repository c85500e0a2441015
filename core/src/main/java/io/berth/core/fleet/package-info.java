/**
 * Many VMs at once: who goes when and where to. Each VM's part is an operation like any other, with its own lease and
 * journal entry; the fleet only decides, and keeps nothing that a crash could take.
 */
@NullMarked
package io.berth.core.fleet;

import org.jspecify.annotations.NullMarked;
