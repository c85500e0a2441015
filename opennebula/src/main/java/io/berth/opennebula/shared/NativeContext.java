package io.berth.opennebula.shared;

import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.message.VmPlace;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which CDs for the contextualization Berth makes itself: of plain files, for system datastores with {@code
 * BERTH_CONTEXT=native}. All others are made by their drivers' scripts.
 */
public final class NativeContext {
    /** Of stock's drivers those whose script is the common one: it makes a file. */
    private static final Set<String> MAKE_A_FILE = Set.of("shared", "qcow2", "ssh", "ceph", "fs_lvm");

    private static final Pattern DISK = Pattern.compile("disk\\.\\d{1,9}");

    /** Neither an address to fetch from, nor a name to go by on the CD behind a colon, nor anything to quote. */
    private static final Pattern PLAIN = Pattern.compile("(?:/+[A-Za-z0-9_.@+,-]+)*/+[A-Za-z0-9_][A-Za-z0-9_.@+,-]*");

    /** Files, then a place, a VM and a datastore. */
    private static final int BEHIND_FILES = 3;

    private final Datastores datastores;

    public NativeContext(Datastores datastores) {
        this.datastores = datastores;
    }

    /**
     * What a command in a message to the VM driver comes to; empty: it isn't ours.
     *
     * @param vm whose message it is
     */
    public Optional<TransferDeed> deed(TransferCommand command, int vm) {
        var words = command.arguments();
        var count = words.size() - BEHIND_FILES;
        if (!command.verb().equals("CONTEXT") || !MAKE_A_FILE.contains(command.driver()) || count < 1) {
            return Optional.empty();
        }
        var files = words.subList(0, count);
        return Optional.of(words.get(count))
                .filter(_ -> areDistinctAndPlain(files))
                .flatMap(VmPlace::parse)
                .filter(place -> place.file().filter(DISK.asMatchPredicate()).isPresent())
                .filter(place -> words.subList(count + 1, words.size())
                        .equals(List.of(Integer.toString(place.vm()), Integer.toString(place.datastore()))))
                .filter(place -> place.vm() == vm)
                .flatMap(place -> made(files.stream().map(Path::of).toList(), place));
    }

    private static boolean areDistinctAndPlain(List<String> files) {
        var names = new HashSet<String>();
        return files.stream().allMatch(file -> PLAIN.matcher(file).matches() && names.add(name(file)));
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private Optional<TransferDeed> made(List<Path> files, VmPlace disk) {
        return datastores
                .attributes(disk.datastore())
                .map(DirectoryAttributes::new)
                .filter(DirectoryAttributes::haveNativeContexts)
                .map(attributes -> attributes.areShared()
                        ? new TransferDeed.WriteContext(files, disk)
                        : new TransferDeed.SendContext(files, disk));
    }
}
