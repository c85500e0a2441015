/**
 * What state a VM of OpenNebula is really in, and what the core may safely be told: {@code Facts} are collected ({@link
 * io.berth.opennebula.explain.Investigation}), from them follows the {@link io.berth.opennebula.explain.Truth}, and from
 * that and what the core waits for the {@link io.berth.opennebula.explain.Verdict}. Only the first step looks at anything,
 * and none changes anything. {@link io.berth.opennebula.explain.Sweep} looks through a whole site for what drivers left behind.
 */
@NullMarked
package io.berth.opennebula.explain;

import org.jspecify.annotations.NullMarked;
