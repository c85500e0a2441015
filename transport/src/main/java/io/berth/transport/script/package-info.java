/**
 * A site's own scripts, run as the site itself would run them: here, or on a host through the site's own {@code ssh} and
 * a shell there. No helper and no guard is needed; what a script does is the site's business. Everything else that
 * Berth does on a host goes through {@link io.berth.transport}.
 */
@NullMarked
package io.berth.transport.script;

import org.jspecify.annotations.NullMarked;
