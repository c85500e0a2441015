/** The driver over the example's scripts, with a stand-in for VBoxManage. */
@NullMarked
package io.berth.hypervisor.script;

import org.jspecify.annotations.NullMarked;
