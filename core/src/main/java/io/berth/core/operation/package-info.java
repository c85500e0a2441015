/** What users ask for: facts collected, refused early or compiled into a plan, and run. */
@NullMarked
package io.berth.core.operation;

import org.jspecify.annotations.NullMarked;
