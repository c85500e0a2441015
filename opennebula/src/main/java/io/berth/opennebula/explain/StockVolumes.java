package io.berth.opennebula.explain;

import io.berth.opennebula.action.StockImage;
import io.berth.opennebula.oned.HistoryRecord;
import java.util.List;

/** The volumes into which other storage drivers put a VM's memory. Berth reads their names and can't look at them here. */
final class StockVolumes {
    private StockVolumes() {}

    /** What would have to be looked at to be sure that no memory is in it, for people. */
    static List<String> notLookedAt(int vm, HistoryRecord stay) {
        var driver = stay.transferDriver();
        return names(vm, driver).stream()
                .map(name -> "the driver " + driver + " may keep its memory in volume " + name
                        + ", which isn't looked at from here")
                .toList();
    }

    private static List<String> names(int vm, String driver) {
        return switch (driver) {
            case StockImage.DRIVER -> List.of(StockImage.name(vm));
            case "storpool" -> List.of("one-sys-" + vm + "-rawcheckpoint", "one-sys-" + vm + "-checkpoint");
            case "linstor_un" -> List.of("one-vm-" + vm + "-checkpoint");
            default -> List.of();
        };
    }
}
