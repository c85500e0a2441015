@NullMarked
package io.berth.storage.common;

import org.jspecify.annotations.NullMarked;
