/** What the core tells a driver about a VM: base64 XML, read as it may come from an enemy. */
@NullMarked
package io.berth.opennebula.message;

import org.jspecify.annotations.NullMarked;
