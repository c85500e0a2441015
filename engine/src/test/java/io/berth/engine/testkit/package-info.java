/** A fake engine and things to show, for tests of whatever speaks to one. */
@NullMarked
package io.berth.engine.testkit;

import org.jspecify.annotations.NullMarked;
