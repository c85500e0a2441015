package io.berth.core.operation;

import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VmDirectory;
import java.util.List;

/**
 * A VM directory that has to go along to another host.
 *
 * @param isApart the hosts are known to have one each; otherwise it has to be found out whether they share it
 * @param size what is in it
 * @param written the VM's disks in it that it can write
 */
public record DirectoryMove(
        VmDirectory directory, HostRef from, HostRef to, boolean isApart, DataSize size, List<WrittenDisk> written) {
    public DirectoryMove {
        written = List.copyOf(written);
    }

    DirectoryMove with(List<WrittenDisk> disks) {
        return new DirectoryMove(directory, from, to, isApart, size, disks);
    }

    /**
     * A disk that a guest may be at work on.
     *
     * @param target its name inside the guest
     * @param path as the guest's definition has it
     * @param file by its path in the directory
     */
    public record WrittenDisk(String target, String path, String file) {}
}
