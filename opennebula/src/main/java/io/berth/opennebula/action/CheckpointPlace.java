package io.berth.opennebula.action;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.util.Locale;

/** Where a system datastore wants the memory of its VMs kept, by the attribute {@code CHECKPOINT_LOCATION}. */
sealed interface CheckpointPlace {
    String LOCATION = "DATASTORE/TEMPLATE/CHECKPOINT_LOCATION";
    String NAME = "DATASTORE/TEMPLATE/BERTH_DATASTORE";

    /** Wherever the site's scripts put it: nothing else was asked for. */
    record Scripts() implements CheckpointPlace {}

    /**
     * In a volume that Berth makes.
     *
     * @param datastore its name in Berth's configuration
     */
    record Volume(String datastore) implements CheckpointPlace {}

    /**
     * Of the datastore that the request is about, which the VM's history may not be.
     *
     * @throws Failure {@code mad.datastore-attributes}
     */
    static CheckpointPlace of(Ask ask) {
        var location = ask.text(LOCATION).orElse("");
        return switch (location.toLowerCase(Locale.ROOT)) {
            case "", "file", "system" -> new Scripts();
            case "block" ->
                new Volume(ask.text(NAME)
                        .orElseThrow(() -> wrong("CHECKPOINT_LOCATION is block, and BERTH_DATASTORE is missing")));
            default -> throw wrong("CHECKPOINT_LOCATION is '" + Printable.line(location) + "'");
        };
    }

    private static Failure wrong(String why) {
        return Failure.of(
                        FailureKind.CALLER,
                        "mad.datastore-attributes",
                        "the system datastore's attributes don't say where memory is to be kept")
                .why(why)
                .next("set CHECKPOINT_LOCATION to block, system or file with 'onedatastore update', and for block"
                        + " BERTH_DATASTORE to a datastore of berth.yaml")
                .build();
    }
}
