/** Saving to a real Ceph cluster beside what OpenNebula's stock drivers do. */
@NullMarked
package io.berth.bench.ceph;

import org.jspecify.annotations.NullMarked;
