package io.berth.opennebula.run;

import io.berth.opennebula.action.ActionStep;
import io.berth.opennebula.message.TransferCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The scripts of storage drivers. They run on the front-end. Thread-safe. */
public final class TransferScripts {
    private final String folder;
    private final Optional<Set<String>> drivers;

    /**
     * @param folder of the drivers' folders
     * @param drivers that may be asked; empty: all
     */
    public TransferScripts(String folder, Optional<Set<String>> drivers) {
        this.folder = folder;
        this.drivers = drivers.map(Set::copyOf);
    }

    StepOutcome run(TransferCommand command, String input, RequestLog log) {
        if (!isAvailable(command.driver())) {
            return StepOutcome.failure("Transfer Driver '" + command.driver() + "' not available");
        }
        var verb = command.verb().toLowerCase(Locale.ROOT);
        var dot = verb.lastIndexOf('.');
        var names = dot < 0 ? List.of(verb) : List.of(verb, verb.substring(0, dot));
        return names.stream()
                .filter(name -> ActionStep.Transfer.isName(name) && Files.exists(Path.of(path(command, name))))
                .findFirst()
                .map(name -> new FrontEndScript(path(command, name), command.arguments()).run(input, log))
                .orElseGet(() ->
                        missing(names.stream().map(name -> path(command, name)).toList()));
    }

    private boolean isAvailable(String driver) {
        return ActionStep.Transfer.isName(driver)
                && drivers.map(list -> list.contains(driver))
                        .orElseGet(() -> Files.isDirectory(Path.of(folder, driver)));
    }

    private String path(TransferCommand command, String script) {
        return folder + "/" + command.driver() + "/" + script;
    }

    private static StepOutcome missing(List<String> paths) {
        return StepOutcome.failure(
                paths.size() == 1
                        ? "Driver path '" + paths.getFirst() + "' does not exists"
                        : "Driver path '" + paths.getFirst() + "' nor '" + paths.getLast() + "' exists");
    }
}
