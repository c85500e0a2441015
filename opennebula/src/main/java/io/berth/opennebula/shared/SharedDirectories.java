package io.berth.opennebula.shared;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.message.TransferVerb;
import io.berth.opennebula.message.VmPlace;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides what a command comes to. A directory that all hosts share stays where it is while its VM goes from one to
 * another, and one that they may not share is taken along by Berth's engine; what belongs to other drivers, such as volumes
 * that are attached to hosts, is theirs to move. Without a datastore that asks for it everything is done by the drivers'
 * scripts.
 */
public final class SharedDirectories {
    /** All that they have of a VM lies in its directory, or where every host reaches it. */
    private static final Set<String> NOTHING_BESIDES = Set.of("shared", "qcow2", "ssh", "ceph", "dummy");

    /** A directory is all that their {@code delete} removes. */
    private static final Set<String> REMOVE_A_DIRECTORY = Set.of("shared", "qcow2", "ssh");

    /** What the core asks for before and after a live migration. */
    private static final Set<String> AROUND_A_MIGRATION = Set.of("PREMIGRATE", "POSTMIGRATE", "FAILMIGRATE");

    /** Their scripts read the same attributes. */
    private static final Set<String> KNOW_BY_THEMSELVES = Set.of("storpool");

    private final Datastores datastores;

    public SharedDirectories(Datastores datastores) {
        this.datastores = datastores;
    }

    /** Of a command of a transfer file. */
    public TransferDeed deed(TransferCommand command) {
        var deed = untimely(command);
        return takenFromItsPlace(command, deed)
                .<TransferDeed>map(directory -> new TransferDeed.AfterSettling(directory, deed))
                .orElse(deed);
    }

    /** The directory that Berth's engine takes along, and that a script or a removal takes away. */
    private Optional<VmPlace> takenFromItsPlace(TransferCommand command, TransferDeed deed) {
        if (!(deed instanceof TransferDeed.Scripts || deed instanceof TransferDeed.RemoveDirectory)) {
            return Optional.empty();
        }
        return TransferVerb.of(command)
                .filter(verb -> verb == TransferVerb.MV || verb == TransferVerb.DELETE)
                .flatMap(_ -> command.arguments().stream().findFirst())
                .flatMap(VmPlace::parse)
                .filter(place -> place.file().isEmpty())
                .filter(_ -> !KNOW_BY_THEMSELVES.contains(command.driver()))
                .filter(place -> attributes(place.datastore())
                        .filter(it -> it.carrier() == DirectoryAttributes.Carrier.ENGINE)
                        .isPresent());
    }

    private TransferDeed untimely(TransferCommand command) {
        return TransferVerb.of(command)
                .flatMap(verb -> switch (verb) {
                    case MV -> move(command);
                    case DELETE -> delete(command);
                    case CLONE, LN, MKSWAP, MKIMAGE, MVDS, CPDS, RESIZE, RESTORE -> Optional.empty();
                    case SNAP_CREATE, SNAP_CREATE_LIVE, SNAP_REVERT, SNAP_DELETE -> Optional.empty();
                })
                .orElseGet(() -> new TransferDeed.Scripts(List.of(command)));
    }

    private Optional<TransferDeed> move(TransferCommand command) {
        if (command.arguments().size() < 2) {
            return Optional.empty();
        }
        var from = VmPlace.parse(command.arguments().get(0));
        var to = VmPlace.parse(command.arguments().get(1));
        return from.filter(place -> to.filter(place::isAtTheSamePathAs).isPresent())
                .filter(place -> place.file().isEmpty()
                        ? !KNOW_BY_THEMSELVES.contains(command.driver())
                        : NOTHING_BESIDES.contains(command.driver()))
                .flatMap(place ->
                        attributes(place.datastore()).map(it -> moved(place, to.orElseThrow(), it, command.driver())));
    }

    private static TransferDeed moved(VmPlace from, VmPlace to, DirectoryAttributes attributes, String driver) {
        var isElsewhere = from.file().isEmpty() && !from.host().equals(to.host());
        return isElsewhere && attributes.carrier() == DirectoryAttributes.Carrier.ENGINE
                ? new TransferDeed.MoveDirectory(
                        attributes.engineDatastore().orElseThrow(),
                        from,
                        to,
                        Optional.of(driver).filter(_ -> attributes.areOfEachHost()))
                : new TransferDeed.Nothing();
    }

    private Optional<TransferDeed> delete(TransferCommand command) {
        return command.arguments().stream()
                .findFirst()
                .flatMap(VmPlace::parse)
                .filter(place -> place.file().isEmpty() && REMOVE_A_DIRECTORY.contains(command.driver()))
                .filter(place -> attributes(place.datastore())
                        .filter(it -> !it.haveReplicas())
                        .isPresent())
                .map(TransferDeed.RemoveDirectory::new);
    }

    /**
     * Of a command in a message to the VM driver.
     *
     * @param command of those around a live migration, with source, target, directory, VM and datastore, or another, which
     *     its script does
     * @param diskDrivers of the VM's disks
     */
    public TransferDeed around(TransferCommand command, Set<String> diskDrivers) {
        return attributesAround(command)
                .map(attributes -> around(command, diskDrivers, attributes))
                .orElseGet(() -> new TransferDeed.Scripts(List.of(command)));
    }

    /** Whether the drivers of other volumes are called along with a command around a live migration. */
    public boolean callsOthers(TransferCommand command) {
        return attributesAround(command).isPresent();
    }

    /** Whether a guest that the engine moves takes its directory along: a command around its live migration. */
    public boolean areTakenAlongByGuests(TransferCommand command) {
        return attributesAround(command)
                .filter(it -> it.carrier() == DirectoryAttributes.Carrier.ENGINE && it.areTakenAlongByGuests())
                .isPresent();
    }

    private Optional<DirectoryAttributes> attributesAround(TransferCommand command) {
        return datastore(command)
                .filter(_ -> AROUND_A_MIGRATION.contains(command.verb().toUpperCase(Locale.ROOT)))
                .filter(_ -> !KNOW_BY_THEMSELVES.contains(command.driver()))
                .flatMap(this::attributes)
                .filter(attributes -> !areScriptsTold(attributes));
    }

    /** A person says that the hosts share nothing, and hasn't asked Berth to move guests that run. */
    private static boolean areScriptsTold(DirectoryAttributes attributes) {
        return attributes.carrier() == DirectoryAttributes.Carrier.ENGINE
                && !attributes.areLeftOpen()
                && !attributes.areTakenAlongByGuests();
    }

    private static TransferDeed around(
            TransferCommand command, Set<String> diskDrivers, DirectoryAttributes attributes) {
        var obstacle = command.verb().equalsIgnoreCase("PREMIGRATE") ? obstacle(attributes) : Optional.<Failure>empty();
        if (obstacle.isPresent()) {
            return new TransferDeed.Refused(obstacle.get());
        }
        var commands = Stream.concat(
                        Stream.of(command.driver()), diskDrivers.stream().sorted())
                .distinct()
                .filter(driver -> !NOTHING_BESIDES.contains(driver))
                .map(driver -> calledFor(command, driver))
                .toList();
        return commands.isEmpty() ? new TransferDeed.Nothing() : new TransferDeed.Scripts(commands);
    }

    /** Why a guest that runs can't be moved by a script. */
    private static Optional<Failure> obstacle(DirectoryAttributes attributes) {
        return switch (attributes.carrier()) {
            case NOBODY ->
                attributes.areOfEachHost()
                        ? Optional.of(notLive(
                                "transfer.copied-onto-itself",
                                "its datastore has DS_SHARED=yes and SHARED=no: the migration would copy the disks onto"
                                        + " themselves, and remove them if it failed",
                                "set SHARED=yes, or"))
                        : Optional.empty();
            case ENGINE ->
                attributes.areTakenAlongByGuests()
                        ? Optional.empty()
                        : Optional.of(notLive(
                                "transfer.sharing-open",
                                "its datastore has DS_SHARED=auto, and scripts remove directories without looking whether"
                                        + " the hosts share them",
                                "set CHECKPOINT_LOCATION=block, so that Berth moves it, or"));
            case SCRIPTS -> Optional.empty();
        };
    }

    private static Failure notLive(String code, String why, String orElse) {
        return Failure.of(FailureKind.ENVIRONMENT, code, "The VM can't be migrated live")
                .why(why)
                .next(orElse + " migrate it through a checkpoint (onevm migrate without --live)")
                .build();
    }

    /** With a sixth argument, the caller's driver, scripts know that the directory isn't theirs to bring. */
    private static TransferCommand calledFor(TransferCommand command, String driver) {
        var arguments = Stream.concat(command.arguments().stream(), Stream.of(command.driver()));
        return new TransferCommand(command.verb(), driver, arguments.toList());
    }

    private static Optional<Integer> datastore(TransferCommand command) {
        return Optional.of(command.arguments())
                .filter(words -> words.size() == 5)
                .flatMap(words -> VmPlace.parse(words.get(0) + ":" + words.get(2)))
                .filter(place -> Integer.toString(place.datastore())
                        .equals(command.arguments().get(4)))
                .map(VmPlace::datastore);
    }

    /** Of a datastore that has its directories left to nobody or to Berth; empty for all others. */
    private Optional<DirectoryAttributes> attributes(int datastore) {
        return datastores
                .attributes(datastore)
                .map(DirectoryAttributes::new)
                .filter(attributes -> attributes.carrier() != DirectoryAttributes.Carrier.SCRIPTS);
    }
}
