package io.berth.opennebula.image;

import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.message.VmPlace;
import io.berth.opennebula.shared.Datastores;
import io.berth.opennebula.shared.TransferDeed;
import io.berth.opennebula.shared.TransferDeed.BringDisk.Form;
import java.util.Optional;

/**
 * Decides which disks Berth makes of images itself: plain files of a datastore that has {@code BERTH_DISKS=native}, on a file
 * system that the host shares with the front-end, or on the front-end's own. All others are made by their drivers' scripts.
 */
public final class NativeDisks {
    private static final String ATTRIBUTE = "BERTH_DISKS";
    private static final String REPLICAS = "REPLICA_HOST";
    private static final String DISK = "disk.";

    private final Datastores datastores;
    private final VmDisks disks;
    private final String frontEnd;

    /** @param frontEnd the core's name for this machine */
    public NativeDisks(Datastores datastores, VmDisks disks, String frontEnd) {
        this.datastores = datastores;
        this.disks = disks;
        this.frontEnd = frontEnd;
    }

    /** What a command of a transfer file comes to; empty: it isn't ours. */
    public Optional<TransferDeed> deed(TransferCommand command) {
        var links = command.verb().equals("LN");
        if (!links && !command.verb().equals("CLONE")) {
            return Optional.empty();
        }
        return switch (command.driver()) {
            case "shared", "qcow2" -> making(command).flatMap(links ? Making::linked : Making::cloned);
            case "ssh" -> making(command).filter(this::canBeBrought).flatMap(making -> making.brought(Form.QCOW2));
            case "local" -> making(command).filter(this::canBeBrought).flatMap(making -> making.brought(Form.LAYER));
            default -> Optional.empty();
        };
    }

    private record Making(ImagePlace image, VmPlace place, VmDisks.Wanted disk) {
        /** The image on the disk's host, where both are on a file system that is shared. */
        private String shared() {
            return image.under(place.location());
        }

        Optional<TransferDeed> linked() {
            return switch (disk.format()) {
                case RAW -> Optional.of(new TransferDeed.LinkDisk(shared(), place));
                case QCOW2 -> Optional.of(new TransferDeed.LinkLayers(shared(), place));
                case OTHER -> Optional.empty();
            };
        }

        Optional<TransferDeed> cloned() {
            return switch (disk.format()) {
                case RAW -> unlessAllocated(new TransferDeed.CopyDisk(shared(), place, disk.growsTo()));
                case QCOW2 ->
                    unlessAllocated(new TransferDeed.LayDisk(shared(), place, disk.growsTo()))
                            .filter(_ -> disk.layered());
                case OTHER -> Optional.empty();
            };
        }

        /** A persistent image goes the same way: it is brought back when the VM ends. */
        Optional<TransferDeed> brought(Form ofQcow2) {
            return switch (disk.format()) {
                case RAW -> brought(image.path(), Form.RAW);
                case QCOW2 -> brought(image.path(), ofQcow2);
                case OTHER -> Optional.empty();
            };
        }

        private Optional<TransferDeed> brought(String path, Form form) {
            return unlessAllocated(new TransferDeed.BringDisk(path, place, form, disk.growsTo()));
        }

        private Optional<TransferDeed> unlessAllocated(TransferDeed deed) {
            return Optional.of(deed).filter(_ -> !disk.allocated());
        }
    }

    /** The image is here, and no host keeps replicas of what is in the system datastore. */
    private boolean canBeBrought(Making making) {
        return making.image().host().equals(frontEnd)
                && datastores
                        .attributes(making.place().datastore())
                        .filter(attributes ->
                                attributes.getOrDefault(REPLICAS, "").isBlank())
                        .isPresent();
    }

    private Optional<Making> making(TransferCommand command) {
        var words = command.arguments();
        if (words.size() != 4) {
            return Optional.empty();
        }
        return VmPlace.parse(words.get(1))
                .flatMap(place -> ImagePlace.parse(words.get(0))
                        .filter(image ->
                                words.get(3).equals(Integer.toString(image.datastore())) && asks(image.datastore()))
                        .flatMap(image -> number(place)
                                .flatMap(number -> disks.disk(place.vm(), number))
                                .map(disk -> new Making(image, place, disk))));
    }

    private boolean asks(int datastore) {
        return datastores
                .attributes(datastore)
                .map(attributes -> attributes.getOrDefault(ATTRIBUTE, ""))
                .filter(value -> value.strip().equalsIgnoreCase("native"))
                .isPresent();
    }

    private static Optional<Integer> number(VmPlace place) {
        return place.file()
                .filter(file -> file.matches("disk\\.\\d{1,9}"))
                .map(file -> Integer.parseInt(file.substring(DISK.length())));
    }
}
