package io.berth.opennebula.mad;

import io.berth.opennebula.image.VmDisks;
import io.berth.opennebula.memory.DirectoryFolders;
import io.berth.opennebula.memory.GuestIds;
import io.berth.opennebula.oned.Datastore;
import io.berth.opennebula.oned.KnownDatastores;
import io.berth.opennebula.oned.Oned;
import io.berth.opennebula.options.SiteFolders;
import io.berth.opennebula.options.TmOptions;
import io.berth.opennebula.shared.Datastores;
import io.berth.opennebula.shared.LastKnown;
import io.berth.opennebula.shared.VmDescriptions;
import io.berth.transport.script.SshWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that a transfer manager is told from outside.
 *
 * @param scripts folder of the TM_MADs' folders, {@code /var/lib/one/remotes/tm}
 * @param ssh how hosts are reached for what needs no script
 * @param datastores what the core says of them
 * @param disks what the core says of them
 * @param descriptions what the core says of VMs as a whole
 * @param guests what the core says of their names
 * @param folders what Berth's configuration says of its datastores
 * @param frontEnd the name that the core has for this machine unless it was given another: that of its kernel
 */
public record TmSettings(
        TmOptions options,
        String scripts,
        SshWay ssh,
        Datastores datastores,
        VmDisks disks,
        VmDescriptions descriptions,
        GuestIds guests,
        DirectoryFolders folders,
        String frontEnd) {
    private static final String SHELL = "bash";

    /** What gethostname(2) says. */
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    /**
     * As OpenNebula's own driver finds it.
     *
     * @throws io.berth.driver.Failure {@code mad.arguments}
     */
    public static TmSettings read(List<String> arguments, Map<String, String> environment, DirectoryFolders folders) {
        return new TmSettings(
                TmOptions.parse(arguments),
                SiteFolders.of(environment).remotes() + "/tm",
                SshWay.usual(SHELL),
                told(environment),
                new ToldDisks(environment),
                new ToldDescriptions(environment),
                vm -> Oned.find(environment).guestUuid(vm),
                folders,
                hostName());
    }

    /** Empty, and so no machine's, when it can't be read. */
    private static String hostName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static Datastores told(Map<String, String> environment) {
        var core = KnownDatastores.find(environment);
        return new LastKnown(id -> core.datastore(id).map(Datastore::attributes));
    }
}
