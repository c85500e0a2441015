package io.berth.opennebula.explain;

import io.berth.opennebula.explain.FolderSight.Presence;
import io.berth.opennebula.oned.HistoryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that stock's drivers left behind. It is told and never deleted here.
 *
 * @param place the machine, or the storage
 * @param what a path or a volume
 * @param remark whose it is, and what may be done with it
 */
public record Leftover(String place, String what, String remark) {
    /** What was seen of them; volumes are told by their names alone, since only their storage can say whether they are there. */
    static List<Leftover> of(Facts facts, Truth truth, Folders folders) {
        return Stream.of(setAside(facts, folders), foldersElsewhere(facts, folders), staleFiles(facts, truth, folders))
                .flatMap(List::stream)
                .toList();
    }

    /** Stock's save renames what lies in its way, and nobody ever removes it (OpenNebula/one#6729). */
    private static List<Leftover> setAside(Facts facts, Folders folders) {
        var found = new ArrayList<Leftover>();
        for (var sight : facts.hosts()) {
            for (var file : sight.folder().leftovers()) {
                found.add(new Leftover(
                        sight.host(),
                        folders.at(sight.host()) + "/" + file,
                        "this VM's, set aside by stock's save; nothing restores from it, it can be deleted"));
            }
        }
        return found;
    }

    /** Failed migrations leave folders on hosts where the VM isn't. */
    private static List<Leftover> foldersElsewhere(Facts facts, Folders folders) {
        var here = facts.vm().present().map(HistoryRecord::host).orElse("");
        var own = facts.folder(here);
        var isMoving = Awaited.by(facts.vm()) instanceof Awaited.Transfer
                || Awaited.by(facts.vm()) instanceof Awaited.Migration
                || Awaited.by(facts.vm()) instanceof Awaited.Saved
                || Awaited.by(facts.vm()) instanceof Awaited.Save;
        if (isMoving || own.presence() != Presence.THERE) {
            return List.of();
        }
        return facts.hosts().stream()
                .filter(sight -> !sight.host().equals(here) && !sight.isFrontEnd())
                .filter(sight -> sight.folder().presence() == Presence.THERE
                        && !sight.folder().isSameAs(own))
                .map(sight -> new Leftover(
                        sight.host(),
                        folders.at(sight.host()),
                        "this VM's, left by a migration; compare it with the one at " + here + " before it is deleted"))
                .toList();
    }

    private static List<Leftover> staleFiles(Facts facts, Truth truth, Folders folders) {
        if (!(truth instanceof Truth.Runs)) {
            return List.of();
        }
        return facts.hosts().stream()
                .filter(sight -> sight.folder().memory() == MemoryFile.COMPLETE)
                .map(sight -> new Leftover(
                        sight.host(),
                        folders.at(sight.host()) + "/checkpoint",
                        "this VM's, older than the guest that runs: it must never be restored, it can be deleted"))
                .toList();
    }
}
