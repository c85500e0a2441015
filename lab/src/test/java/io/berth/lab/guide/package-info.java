/** Holds the pages of {@code docs} to their word: what they tell a reader to type is typed. */
@NullMarked
package io.berth.lab.guide;

import org.jspecify.annotations.NullMarked;
