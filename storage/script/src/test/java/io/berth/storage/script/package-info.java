@NullMarked
package io.berth.storage.script;

import org.jspecify.annotations.NullMarked;
