@NullMarked
package io.berth.storage.ceph;

import org.jspecify.annotations.NullMarked;
