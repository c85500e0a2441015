/** Records as JSON and back: one way for the journal's plans and for what programs say to each other. */
@NullMarked
package io.berth.core.json;

import org.jspecify.annotations.NullMarked;
