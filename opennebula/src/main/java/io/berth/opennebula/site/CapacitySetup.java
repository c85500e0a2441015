package io.berth.opennebula.site;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.opennebula.action.ActionStep;
import io.berth.opennebula.capacity.SystemDatastores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Has Berth asked for the room of system datastores, in the place of storage drivers' scripts {@code monitor}, and takes
 * that back.
 *
 * @param drivers folder of the drivers' folders
 * @param program what has the scripts' place
 */
record CapacitySetup(Path drivers, Path program) {
    static final String PROGRAM = "capacity_script";

    /** Whether Berth is asked in the place of a driver's script. */
    static boolean isInstalled(Path drivers, String driver) {
        return ActionStep.Transfer.isName(driver)
                && ScriptReplacement.isDone(drivers.resolve(driver).resolve(SystemDatastores.SCRIPT), Path.of(PROGRAM));
    }

    /**
     * What replacing them would change.
     *
     * @param names of drivers; one whose folder is a link to another's stands for both
     * @throws Failure {@code install.no-monitor} (CALLER)
     */
    List<ScriptReplacement> installation(List<String> names) {
        return names.stream()
                .map(this::folder)
                .distinct()
                .map(folder -> ScriptReplacement.made(folder.resolve(SystemDatastores.SCRIPT), kept(folder), program))
                .toList();
    }

    private static Path kept(Path folder) {
        return folder.resolve(SystemDatastores.KEPT_SCRIPT);
    }

    private Path folder(String name) {
        if (!ActionStep.Transfer.isName(name)) {
            throw missing(name, "it can't be the name of one");
        }
        try {
            var folder = drivers.resolve(name).toRealPath();
            if (!Files.isExecutable(folder.resolve(SystemDatastores.SCRIPT)) || !Files.isExecutable(program)) {
                throw missing(
                        name, "there is no script " + SystemDatastores.SCRIPT + " in " + folder + ", or no " + program);
            }
            return folder;
        } catch (IOException none) {
            throw missing(name, "there is no such folder in " + drivers);
        }
    }

    private static Failure missing(String name, String why) {
        return Failure.of(
                        FailureKind.CALLER,
                        "install.no-monitor",
                        "'" + Printable.line(name) + "' is no storage driver whose script could be replaced")
                .why(why)
                .next("name the TM_MAD of a system datastore whose SHARED is YES: see 'onedatastore show'")
                .build();
    }

    /** What taking all of it back would change. */
    List<ScriptReplacement> removal() {
        if (!Files.isDirectory(drivers)) {
            return List.of();
        }
        try (var folders = Files.list(drivers)) {
            return folders.filter(folder -> !Files.isSymbolicLink(folder))
                    .filter(folder -> ScriptReplacement.isDone(folder.resolve(SystemDatastores.SCRIPT), program))
                    .sorted()
                    .map(folder ->
                            ScriptReplacement.undone(folder.resolve(SystemDatastores.SCRIPT), kept(folder), program))
                    .toList();
        } catch (IOException problem) {
            throw Failure.of(FailureKind.ENVIRONMENT, "install.unreadable", drivers + " can't be read")
                    .why(problem.getClass().getSimpleName() + ": " + problem.getMessage())
                    .next("run it on OpenNebula's front-end, as root; ONE_LOCATION names another place of OpenNebula")
                    .cause(problem)
                    .build();
        }
    }
}
