/** Guests of a hypervisor that only a site's own executables speak to. */
@NullMarked
package io.berth.hypervisor.script;

import org.jspecify.annotations.NullMarked;
