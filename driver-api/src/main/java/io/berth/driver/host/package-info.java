/** What happens on a host: commands under guard, block devices, links. Implemented by the transport. */
@NullMarked
package io.berth.driver.host;

import org.jspecify.annotations.NullMarked;
