/** Real hosts, guests and devices for tests, driven from Java. */
@NullMarked
package io.berth.lab;

import org.jspecify.annotations.NullMarked;
