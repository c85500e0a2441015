package io.berth.opennebula.action;

import io.berth.driver.VmRef;
import io.berth.driver.storage.VolumeRef;
import io.berth.opennebula.message.UuidText;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The image into which stock's ceph driver puts the memory of a VM that it saves. */
public final class StockImage {
    /** Stock's scripts go by this name of the driver, too ({@code save.ceph}). */
    public static final String DRIVER = "ceph";

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private StockImage() {}

    /** Its name in the pool. */
    public static String name(int vm) {
        return "one-sys-" + vm + "-checkpoint";
    }

    /**
     * The image of the VM that is asked for. Empty when the system datastore's driver is another, or the guest's UUID isn't known:
     * whose memory it is couldn't be told then.
     *
     * @param datastore of Berth's, over the pool of the system datastore
     */
    static Optional<ForeignImage> of(Ask ask, String datastore) {
        if (ask.text("DATASTORE/TM_MAD").filter(DRIVER::equals).isEmpty()) {
            return Optional.empty();
        }
        return number(ask)
                .flatMap(vm -> uuid(ask)
                        .map(uuid ->
                                new ForeignImage(new VolumeRef(datastore, name(vm)), new VmRef(uuid, "one-" + vm))));
    }

    private static Optional<Integer> number(Ask ask) {
        return ask.text("VM/ID").filter(id -> NUMBER.matcher(id).matches()).map(Integer::valueOf);
    }

    /** What newer drivers answered when they deployed it, else what the core has chosen for it. */
    private static Optional<UUID> uuid(Ask ask) {
        return UuidText.parse(ask.message().deployId())
                .or(() -> ask.text("VM/TEMPLATE/OS/UUID").flatMap(UuidText::parse));
    }
}
