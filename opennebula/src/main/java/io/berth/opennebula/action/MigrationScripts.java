package io.berth.opennebula.action;

import io.berth.opennebula.message.Element;
import io.berth.opennebula.message.ElementPath;
import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.shared.MessageDatastore;
import io.berth.opennebula.shared.SharedDirectories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The storage drivers' scripts around a live migration: that of the system datastore's driver, and that of each other
 * driver that one of the VM's disks lies with. Most system drivers call the others' scripts by themselves; then nobody
 * else does.
 */
final class MigrationScripts {
    /** What OpenNebula's own scripts call to hand a migration on to the drivers of other disks (tm_common.sh). */
    private static final String HANDS_ON = "migrate_other";

    private static final ElementPath DISK_DRIVERS = ElementPath.of("TEMPLATE/DISK/TM_MAD");

    private final Ask ask;
    private final TransferCommand command;
    private final String vm;
    private final SharedDirectories directories;

    MigrationScripts(Ask ask) {
        this.ask = ask;
        this.command = ask.transferCommand();
        this.directories = new SharedDirectories(new MessageDatastore(ask.message()));
        this.vm = Base64.getEncoder().encodeToString(ask.message().vm().source().getBytes(StandardCharsets.UTF_8));
    }

    /** The one that the core asks for, which is all that runs where scripts do everything. */
    ActionStep.Transfer asked(String prefix) {
        return step(prefix, command);
    }

    /** Each driver's. */
    List<ActionStep> all(String prefix) {
        var steps = new ArrayList<ActionStep>(List.of(asked(prefix)));
        if (!handsOn(prefix)) {
            others().filter(driver -> Files.exists(script(prefix, driver)))
                    .map(driver -> step(prefix, toldWhoAsks(driver)))
                    .forEach(steps::add);
        }
        return steps;
    }

    /** Whether the engine takes the VM's directory along with the guest, and all that is in it. */
    boolean leaveDirectoriesToTheEngine() {
        return directories.areTakenAlongByGuests(command.withVerb("PRE" + command.verb()));
    }

    private Stream<String> others() {
        return ask.message()
                .vm()
                .at(DISK_DRIVERS)
                .map(Element::text)
                .map(String::strip)
                .distinct()
                .filter(driver -> ActionStep.Transfer.isName(driver) && !driver.equals(command.driver()));
    }

    /** As the system driver would call it: with its own name behind everything else. */
    private TransferCommand toldWhoAsks(String driver) {
        var arguments = new ArrayList<>(command.arguments());
        arguments.add(command.driver());
        return new TransferCommand(command.verb(), driver, arguments);
    }

    private ActionStep.Transfer step(String prefix, TransferCommand of) {
        return new ActionStep.Transfer(
                "tm_" + (prefix + of.verb()).toLowerCase(Locale.ROOT),
                of.withVerb(prefix + of.verb()),
                vm,
                AfterFailure.STOP);
    }

    private boolean handsOn(String prefix) {
        return directories.callsOthers(command.withVerb(prefix + command.verb())) || scriptHandsOn(prefix);
    }

    private boolean scriptHandsOn(String prefix) {
        try {
            return ActionStep.Transfer.isName(command.driver())
                    && Files.readString(script(prefix, command.driver()), StandardCharsets.ISO_8859_1)
                            .contains(HANDS_ON);
        } catch (IOException missing) {
            return false; // the step itself will tell
        }
    }

    private Path script(String prefix, String driver) {
        return Path.of(ask.places().transferFolder(), driver, (prefix + command.verb()).toLowerCase(Locale.ROOT));
    }
}
