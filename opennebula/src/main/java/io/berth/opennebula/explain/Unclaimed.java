package io.berth.opennebula.explain;

import io.berth.opennebula.oned.VirtualMachine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides what of all that was found belongs to nobody. A pure function: what it names may be deleted by whoever has looked
 * at it, and nothing that a VM might need is named. Of a VM that OpenNebula is working on nothing is said.
 */
final class Unclaimed {
    private final Map<Integer, VirtualMachine> vms;
    private final List<FoundFolder> folders;
    private final Set<String> told = new HashSet<>();

    /** @param vms all that OpenNebula has */
    Unclaimed(List<VirtualMachine> vms, List<FoundFolder> folders) {
        this.vms = vms.stream().collect(Collectors.toMap(VirtualMachine::id, Function.identity()));
        this.folders = List.copyOf(folders);
    }

    List<Leftover> leftovers(List<FoundVolume> volumes) {
        var found = new ArrayList<Leftover>();
        folders.forEach(folder -> of(folder).forEach(found::add));
        volumes.stream().flatMap(volume -> of(volume).stream()).distinct().forEach(found::add);
        return List.copyOf(found);
    }

    private List<Leftover> of(FoundFolder folder) {
        var vm = Optional.ofNullable(vms.get(folder.vm()));
        if (vm.isEmpty()) {
            return once(folder, nobodys(folder.vm()));
        }
        return Residence.of(vm.get()).map(home -> of(folder, home)).orElse(List.of());
    }

    private List<Leftover> of(FoundFolder folder, Residence home) {
        var own = folders.stream()
                .filter(other -> other.vm() == folder.vm() && home.isOf(other))
                .findFirst();
        if (home.isOf(folder)) {
            return folder.setAside().stream()
                    .map(file -> new Leftover(
                            folder.host(),
                            folder.path() + "/" + file,
                            "VM " + folder.vm() + "'s, set aside by stock's save; nothing restores from it, it can be"
                                    + " deleted"))
                    .toList();
        }
        if (own.isEmpty()) {
            return once(
                    folder,
                    "VM " + folder.vm() + "'s, which OpenNebula has at " + home.host()
                            + ", where none was seen: it may be the only one, keep it");
        }
        return own.get().isSameAs(folder)
                ? List.of()
                : once(
                        folder,
                        "VM " + folder.vm() + "'s, left by a migration; compare it with the one at " + home.host()
                                + " before it is deleted");
    }

    /** What several machines share is told of the first. */
    private List<Leftover> once(FoundFolder folder, String remark) {
        var key = folder.identity().isEmpty() ? folder.host() + folder.path() : folder.identity() + folder.path();
        return told.add(key) ? List.of(new Leftover(folder.host(), folder.path(), remark)) : List.of();
    }

    private Optional<Leftover> of(FoundVolume volume) {
        var vm = Optional.ofNullable(vms.get(volume.vm()));
        return vm.isEmpty()
                ? Optional.of(new Leftover(volume.place(), volume.name(), nobodys(volume.vm())))
                : Residence.of(vm.get()).flatMap(home -> switch (home.memory()) {
                    case SAVED -> Optional.empty();
                    case LIVE ->
                        Optional.of(new Leftover(
                                volume.place(),
                                volume.name(),
                                "VM " + volume.vm()
                                        + "'s, which OpenNebula takes to be running: if it is ('berth opennebula"
                                        + " explain " + volume.vm()
                                        + "'), this must never be restored, and can be deleted"));
                    case NONE ->
                        Optional.of(new Leftover(
                                volume.place(),
                                volume.name(),
                                "VM " + volume.vm()
                                        + "'s, which is switched off: if its owner doesn't miss its memory, it can"
                                        + " be deleted"));
                });
    }

    private static String nobodys(int vm) {
        return "VM " + vm
                + "'s, which OpenNebula doesn't have any more; unless another OpenNebula uses this storage, it can"
                + " be deleted";
    }
}
