package io.berth.opennebula.shared;

import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.message.VmPlace;
import io.berth.opennebula.shared.VmDescriptions.Described;
import io.berth.opennebula.shared.VmDescriptions.Disk;
import io.berth.opennebula.shared.VmDescriptions.Whereabouts;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides which directories are built anew where their VM goes: of system datastores with {@code BERTH_REBUILD=native}, when
 * all of the VM's disks are on block storage. What is in them then the VM's description tells. All others are moved.
 */
public final class RebuiltDirectories {
    /** Their directories hold what their scripts write there, and nothing that needs another script to be moved. */
    private static final Set<String> ONLY_COPY = Set.of("ceph", "ssh", "fs_lvm", "fs_lvm_ssh");

    private static final Set<String> LOGICAL_VOLUMES = Set.of("fs_lvm", "fs_lvm_ssh");

    private final Datastores datastores;
    private final VmDescriptions descriptions;

    public RebuiltDirectories(Datastores datastores, VmDescriptions descriptions) {
        this.datastores = datastores;
        this.descriptions = descriptions;
    }

    /** What a command of a transfer file comes to; empty: it isn't ours. */
    public Optional<TransferDeed> deed(TransferCommand command) {
        var words = command.arguments();
        if (!command.verb().equals("MV") || !ONLY_COPY.contains(command.driver()) || words.size() != 4) {
            return Optional.empty();
        }
        return VmPlace.parse(words.get(0))
                .filter(from -> from.file().isEmpty() && asks(from.datastore()))
                .filter(from -> words.subList(2, 4)
                        .equals(List.of(Integer.toString(from.vm()), Integer.toString(from.datastore()))))
                .flatMap(from -> VmPlace.parse(words.get(1))
                        .filter(to -> to.isAtTheSamePathAs(from) && !to.host().equals(from.host()))
                        .flatMap(to -> descriptions.vm(from.vm()).flatMap(vm -> rebuilt(from, to, vm))));
    }

    /** Where Berth's engine takes directories along, or nobody does, there is nothing to be built. */
    private boolean asks(int datastore) {
        return datastores
                .attributes(datastore)
                .map(DirectoryAttributes::new)
                .filter(it -> it.areRebuilt() && it.carrier() == DirectoryAttributes.Carrier.SCRIPTS)
                .isPresent();
    }

    private static Optional<TransferDeed> rebuilt(VmPlace from, VmPlace to, Described vm) {
        var links = new TreeMap<String, String>();
        for (var disk : vm.disks()) {
            switch (content(disk)) {
                case NOTHING -> {}
                case A_LINK -> links.put("disk." + disk.number(), logicalVolume(from, disk));
                case UNKNOWN -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(vm.whereabouts())
                .filter(place -> place != Whereabouts.UNKNOWN)
                .map(place -> new TransferDeed.RebuildDirectory(
                        from,
                        to,
                        Collections.unmodifiableSortedMap(links),
                        vm.contextDisk().map(number -> "disk." + number),
                        place == Whereabouts.HOST && !links.isEmpty()));
    }

    /** What of a disk is in the VM's directory. */
    private enum Content {
        NOTHING,
        A_LINK,
        UNKNOWN
    }

    private static Content content(Disk disk) {
        return switch (disk.type()) {
            case "RBD" -> Content.NOTHING;
            case "BLOCK" -> LOGICAL_VOLUMES.contains(disk.driver()) ? Content.A_LINK : Content.UNKNOWN;
            default -> Content.UNKNOWN;
        };
    }

    /** As the drivers' scripts name it. */
    private static String logicalVolume(VmPlace directory, Disk disk) {
        return "/dev/vg-one-%d/lv-one-%d-%d".formatted(directory.datastore(), directory.vm(), disk.number());
    }
}
