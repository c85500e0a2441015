/**
 * The lines that OpenNebula's core and a driver say to each other. {@code RequestReader} reads liberally whatever any
 * version from 5.12 on writes, {@code ProtocolWriter} writes exactly what all of them read.
 */
@NullMarked
package io.berth.opennebula.line;

import org.jspecify.annotations.NullMarked;
