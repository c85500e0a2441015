package io.berth.core.operation;

import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VmDirectory;

/**
 * A VM directory that has to go along to another host.
 *
 * @param isApart the hosts are known to have one each; otherwise it has to be found out whether they share it
 * @param size what is in it
 */
public record DirectoryMove(VmDirectory directory, HostRef from, HostRef to, boolean isApart, DataSize size) {}
