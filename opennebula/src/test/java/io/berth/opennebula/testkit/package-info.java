/** Stand-ins for parts of an OpenNebula, for tests here and elsewhere. */
@NullMarked
package io.berth.opennebula.testkit;

import org.jspecify.annotations.NullMarked;
