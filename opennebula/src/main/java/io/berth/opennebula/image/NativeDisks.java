package io.berth.opennebula.image;

import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.message.VmPlace;
import io.berth.opennebula.shared.Datastores;
import io.berth.opennebula.shared.TransferDeed;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which disks Berth makes of images itself: plain files, on a file system that the host shares with the
 * front-end, of a datastore that has {@code BERTH_DISKS=native}. All others are made by their drivers' scripts.
 */
public final class NativeDisks {
    private static final String ATTRIBUTE = "BERTH_DISKS";
    private static final Set<String> SHARE_IMAGES = Set.of("shared", "qcow2");
    private static final String DISK = "disk.";

    private final Datastores datastores;
    private final VmDisks disks;

    public NativeDisks(Datastores datastores, VmDisks disks) {
        this.datastores = datastores;
        this.disks = disks;
    }

    /** What a command of a transfer file comes to; empty: it isn't ours. */
    public Optional<TransferDeed> deed(TransferCommand command) {
        return switch (command.verb()) {
            case "LN" -> making(command).flatMap(Making::linked);
            case "CLONE" ->
                making(command).filter(making -> !making.disk().allocated()).flatMap(Making::cloned);
            default -> Optional.empty();
        };
    }

    /** @param image its path on the disk's host */
    private record Making(String image, VmPlace place, VmDisks.Wanted disk) {
        Optional<TransferDeed> linked() {
            return switch (disk.format()) {
                case RAW -> Optional.of(new TransferDeed.LinkDisk(image, place));
                case QCOW2 -> Optional.of(new TransferDeed.LinkLayers(image, place));
                case OTHER -> Optional.empty();
            };
        }

        Optional<TransferDeed> cloned() {
            return switch (disk.format()) {
                case RAW -> Optional.of(new TransferDeed.CopyDisk(image, place, disk.growsTo()));
                case QCOW2 ->
                    Optional.of(new TransferDeed.LayDisk(image, place, disk.growsTo()))
                            .filter(_ -> disk.layered())
                            .map(TransferDeed.class::cast);
                case OTHER -> Optional.empty();
            };
        }
    }

    private Optional<Making> making(TransferCommand command) {
        var words = command.arguments();
        if (words.size() != 4 || !SHARE_IMAGES.contains(command.driver())) {
            return Optional.empty();
        }
        return VmPlace.parse(words.get(1))
                .flatMap(place -> ImagePlace.parse(words.get(0))
                        .filter(image ->
                                words.get(3).equals(Integer.toString(image.datastore())) && asks(image.datastore()))
                        .flatMap(image -> number(place)
                                .flatMap(number -> disks.disk(place.vm(), number))
                                .map(disk -> new Making(image.under(place.location()), place, disk))));
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
