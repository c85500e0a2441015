@NullMarked
package io.berth.storage.hosts;

import org.jspecify.annotations.NullMarked;
