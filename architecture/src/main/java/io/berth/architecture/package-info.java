/** Tests that read the compiled classes of every module. */
@NullMarked
package io.berth.architecture;

import org.jspecify.annotations.NullMarked;
