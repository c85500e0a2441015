/** The one place where XML is read and written. XML comes from hosts, images and sites: none of it is trusted. */
@NullMarked
package io.berth.driver.xml;

import org.jspecify.annotations.NullMarked;
