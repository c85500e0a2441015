package io.berth.core.operation;

import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.storage.VmDirectory;

/**
 * "Take this directory of a VM that runs nowhere to another host."
 *
 * @param vm whose it is; it needn't be known to any host or datastore
 */
public record MoveDirectoryRequest(VmRef vm, VmDirectory directory, HostRef from, HostRef to) {}
