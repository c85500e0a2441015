/** Runs recipes: each step's script on the machine it belongs to, with the log lines and answers of the stock driver. */
@NullMarked
package io.berth.opennebula.run;

import org.jspecify.annotations.NullMarked;
