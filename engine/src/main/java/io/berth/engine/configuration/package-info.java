/** What a site has decided: read from one file, every value typed and checked. */
@NullMarked
package io.berth.engine.configuration;

import org.jspecify.annotations.NullMarked;
