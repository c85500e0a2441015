/** The command line tool. */
@NullMarked
package io.berth.cli;

import org.jspecify.annotations.NullMarked;
