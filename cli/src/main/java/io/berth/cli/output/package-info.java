/** How things look: tables, JSON, failures, progress. */
@NullMarked
package io.berth.cli.output;

import org.jspecify.annotations.NullMarked;
