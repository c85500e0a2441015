@NullMarked
package io.berth.storage.records;

import org.jspecify.annotations.NullMarked;
