/** An OpenNebula front-end's own files: what Berth adds to them, takes away again, and looks at. */
@NullMarked
package io.berth.opennebula.site;

import org.jspecify.annotations.NullMarked;
