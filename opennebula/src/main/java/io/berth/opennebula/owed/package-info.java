/** What OpenNebula's core still waits for that an earlier driver was asked: found by asking the core, never guessed. */
@NullMarked
package io.berth.opennebula.owed;

import org.jspecify.annotations.NullMarked;
