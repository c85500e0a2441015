package io.berth.opennebula.action;

import io.berth.opennebula.message.TransferCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The scripts that a storage driver may have around the hypervisor's own save and restore: {@code presave}, {@code
 * postsave}, {@code prerestore}, {@code postrestore} (OpenNebula/one#3272). They are called as the script of the
 * hypervisor's is, with the core's message for input. One that isn't there is left out.
 */
final class CheckpointHooks {
    /** The checkpoint's size at most, in bytes. */
    private static final String BYTES = "BERTH_CHECKPOINT_BYTES";

    private final Ask ask;
    private final String driver;

    CheckpointHooks(Ask ask) {
        this.ask = ask;
        this.driver = ask.text("DATASTORE/TM_MAD").orElse("");
    }

    /** @param hook {@code presave} or {@code postsave} */
    List<ActionStep> aroundSave(String hook) {
        var message = ask.message();
        var bytes = CheckpointBound.of(ask)
                .map(bound -> Map.of(BYTES, Long.toString(bound.bytes())))
                .orElse(Map.of());
        return script(hook, "save", List.of(message.deployId(), message.checkpointFile(), message.host()), bytes);
    }

    /** @param hook {@code prerestore} or {@code postrestore} */
    List<ActionStep> aroundRestore(String hook) {
        var message = ask.message();
        return script(hook, "restore", List.of(message.checkpointFile(), message.host(), message.deployId()), Map.of());
    }

    /** A site that has a script of its own in the hypervisor's place has it call the hooks. */
    private List<ActionStep> script(
            String hook, String action, List<String> arguments, Map<String, String> environment) {
        if (!isThere(hook) || ask.places().local().script(action).isPresent()) {
            return List.of();
        }
        var behind = List.of(ask.need("VM/ID"), ask.message().host());
        var command = new TransferCommand(
                hook, driver, Stream.of(arguments, behind).flatMap(List::stream).toList());
        return List.of(
                new ActionStep.Hook("tm_" + hook, command, ask.message().payload(), environment, AfterFailure.STOP));
    }

    private boolean isThere(String hook) {
        return ActionStep.Transfer.isName(driver)
                && Files.isExecutable(Path.of(ask.places().transferFolder(), driver, hook));
    }
}
