package io.berth.opennebula.capacity;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.engine.Engine;
import io.berth.opennebula.line.RequestReader;
import io.berth.opennebula.message.DatastoreMessage;
import io.berth.opennebula.oned.Oned;
import io.berth.opennebula.options.SiteFolders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Answers what OpenNebula's core asks of a system datastore, in the place of its storage driver's script {@code monitor}.
 * The figures are that script's. Checkpoints are added where the datastore says by {@code BERTH_CAPACITY=beside} that they
 * lie on other storage than its VMs' directories: on the same storage the script has counted them.
 */
public final class SystemDatastores {
    /** What OpenNebula runs for a driver's system datastores. */
    public static final String SCRIPT = "monitor";

    /** What a driver's own is called where Berth's has its place. */
    public static final String KEPT_SCRIPT = SCRIPT + ".before-berth";

    private final MonitorScript script;
    private final Supplier<Engine> engine;
    private final Supplier<Oned> oned;

    /** @param folders of the front-end */
    public SystemDatastores(SiteFolders folders, Supplier<Engine> engine, Supplier<Oned> oned) {
        this.script = new MonitorScript(Path.of(folders.remotes(), "tm"));
        this.engine = engine;
        this.oned = oned;
    }

    /**
     * What is true of it now.
     *
     * @param datastore its number
     * @param input the core's message in base64
     * @return lines as the core reads them; sizes are MiB
     * @throws Failure {@code capacity.*}, {@code message.*}, {@code xml.*}, and what {@link Oned#vms} throws; then nothing
     *     is known, and the core goes by what it heard before
     */
    public String room(String datastore, InputStream input) {
        var payload = payload(input);
        var message = DatastoreMessage.parse(payload);
        if (!Integer.toString(message.id()).equals(datastore)) {
            throw unusable("it is about datastore " + message.id() + ", and another one is asked for");
        }
        var room = Room.parse(script.run(message.transferDriver(), message.id(), payload));
        return message.attribute("BERTH_CAPACITY")
                        .filter("beside"::equalsIgnoreCase)
                        .isPresent()
                ? withCheckpoints(room, message)
                : room.text();
    }

    private String withCheckpoints(Room room, DatastoreMessage message) {
        var name = message.attribute("BERTH_DATASTORE").orElseThrow(() -> CheckpointSpace.unknown(""));
        var space = new CheckpointSpace(engine.get(), name);
        var free = space.free();
        var vms = oned.get().vms().stream()
                .filter(vm -> vm.present()
                        .filter(stay -> stay.datastore() == message.id())
                        .isPresent())
                .toList();
        var taken = space.taken(vms);
        return room.beside(taken).text() + "BERTH_CHECKPOINTS_MB=" + taken + "\nBERTH_CHECKPOINTS_FREE_MB=" + free
                + "\n";
    }

    private static String payload(InputStream input) {
        try {
            var bytes = input.readNBytes(RequestReader.LONGEST + 1);
            if (bytes.length > RequestReader.LONGEST) {
                throw unusable("it is longer than " + RequestReader.LONGEST + " bytes");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException broken) {
            throw unusable(String.valueOf(broken.getMessage()));
        }
    }

    private static Failure unusable(String why) {
        return Failure.of(FailureKind.CALLER, "capacity.input", "the core's message can't be used")
                .why(why)
                .next("let OpenNebula's datastore driver call it, with the datastore's number as its one argument")
                .build();
    }
}
