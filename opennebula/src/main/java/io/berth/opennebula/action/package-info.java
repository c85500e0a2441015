/**
 * What each request of the core comes to: an ordered list of steps as data ({@code Recipe}, {@code ActionStep}), made
 * from the message by one function a request. Nothing is run here.
 */
@NullMarked
package io.berth.opennebula.action;

import org.jspecify.annotations.NullMarked;
