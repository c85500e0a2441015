package io.berth.hypervisor.libvirt;

import java.util.List;

/**
 * Something to be asked or done in two ways: through libvirt's library in the host helper, which takes some three
 * milliseconds, or where that can't be loaded by {@code virsh}, which takes twenty, most of them for its own start.
 *
 * @param byLibrary a helper's command; with {@link #NO_LIBRARY} it tells that it did nothing
 * @param byVirsh the same for virsh
 */
record Question(List<String> byLibrary, List<String> byVirsh) {
    /** Exit code of helper commands that could not load or reach libvirt. */
    static final int NO_LIBRARY = 23;

    Question {
        byLibrary = List.copyOf(byLibrary);
        byVirsh = List.copyOf(byVirsh);
    }

    String[] libraryCommand() {
        return byLibrary.toArray(String[]::new);
    }

    String[] virshCommand() {
        return byVirsh.toArray(String[]::new);
    }
}
