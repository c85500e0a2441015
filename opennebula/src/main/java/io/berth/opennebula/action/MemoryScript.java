package io.berth.opennebula.action;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.opennebula.message.DriverMessage;
import java.util.List;
import java.util.stream.Stream;

/**
 * A script of the hypervisor's whose place Berth takes under another driver than its own: {@code -l
 * save=tmsave,restore=tmrestore}. That driver sees to context and networks.
 */
public enum MemoryScript {
    SAVE,
    RESTORE;

    public VmmRequest request() {
        return switch (this) {
            case SAVE -> VmmRequest.SAVE;
            case RESTORE -> VmmRequest.RESTORE;
        };
    }

    /**
     * What it comes to. Nothing is touched.
     *
     * @throws Failure {@code mad.request-incomplete}, {@code mad.datastore-attributes}
     */
    public Recipe recipe(Ask ask) {
        return switch (this) {
            case SAVE -> MemoryRecipes.saveAlone(ask);
            case RESTORE -> MemoryRecipes.restoreAlone(ask);
        };
    }

    /**
     * That both were made for one request.
     *
     * @param arguments as the script got them
     * @throws Failure {@code mad.script-arguments}
     */
    public void requireToFit(List<String> arguments, DriverMessage message, int vm) {
        var expected = arguments(message, vm);
        if (arguments.size() < expected.size()
                || !arguments.subList(0, expected.size()).equals(expected)) {
            throw Failure.of(FailureKind.CALLER, "mad.script-arguments", "arguments and message don't belong together")
                    .why("the message is for the arguments " + String.join(" ", expected))
                    .next("let OpenNebula's driver call it: '-l save=tmsave,restore=tmrestore'")
                    .build();
        }
    }

    private List<String> arguments(DriverMessage message, int vm) {
        var behind = List.of(Integer.toString(vm), message.host());
        var own = switch (this) {
            case SAVE -> List.of(message.deployId(), message.checkpointFile(), message.host());
            case RESTORE -> List.of(message.checkpointFile(), message.host(), message.deployId());
        };
        return Stream.of(own, behind).flatMap(List::stream).toList();
    }
}
