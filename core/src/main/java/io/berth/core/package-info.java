/** The engine's heart: survey, plan, run. Knows no storage, no hypervisor, no front door. */
@NullMarked
package io.berth.core;

import org.jspecify.annotations.NullMarked;
