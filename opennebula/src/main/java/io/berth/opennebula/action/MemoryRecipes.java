package io.berth.opennebula.action;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What keeps a guest's memory: saving, restoring, migrating, snapshots; each as stock's scripts do it. */
final class MemoryRecipes {
    private static final String ACTIVE_SNAPSHOT = "VM/TEMPLATE/SNAPSHOT[ACTIVE='YES']/";

    private MemoryRecipes() {}

    /**
     * Once the guest is saved it is gone from its host. A network that couldn't be tidied up there is no failed save: the core
     * would take the guest for running, and start it anew beside its checkpoint.
     */
    static Recipe save(Ask ask) {
        var checkpoint = Argument.text(ask.message().checkpointFile());
        return Steps.first(ask.hypervisor("save", ask.deployId(), checkpoint, ask.host()))
                .then(ask.network("clean", ask.host()).with(AfterFailure.GO_ON))
                .answering("save");
    }

    /**
     * A network that isn't quite set up fails nothing any more, and doesn't end the guest as stock would: the guest has
     * run, so its checkpoint is spent, and ending it would lose it.
     */
    static Recipe restore(Ask ask) {
        var checkpoint = Argument.text(ask.message().checkpointFile());
        return Steps.first(ask.context())
                .then(
                        ask.network("pre"),
                        ask.hypervisor("restore", checkpoint, ask.host(), ask.deployId()),
                        ask.network("post", ask.deployId(), ask.host()).with(AfterFailure.GO_ON))
                .answering("restore");
    }

    /**
     * Storage that was made ready is told of whatever fails before the guest has moved; stock forgets it when the network
     * isn't ready. Once the guest has moved nothing is a failure any more: the core would look for it where it isn't.
     */
    static Recipe migrate(Ask ask) {
        var moves = !ask.message().destination().equals(ask.message().host());
        var undo = AfterFailure.run(transfer(ask, "FAIL", "tm_failmigrate").with(AfterFailure.GO_ON));
        return Steps.first(transfer(ask, "PRE", "tm_premigrate").with(undo))
                .thenIf(moves, ask.network("pre", Side.DESTINATION).with(undo))
                .then(ask.hypervisor("migrate", ask.deployId(), ask.destination(), ask.host())
                        .with(undo))
                .thenIf(
                        moves,
                        ask.network("clean", ask.host()).with(AfterFailure.GO_ON),
                        ask.network("post", Side.DESTINATION, ask.deployId(), ask.host())
                                .with(AfterFailure.GO_ON))
                .then(transfer(ask, "POST", "tm_postmigrate").with(AfterFailure.GO_ON))
                .answering("migrate");
    }

    private static ActionStep.Transfer transfer(Ask ask, String prefix, String name) {
        var command = ask.transferCommand();
        var vm = Base64.getEncoder().encodeToString(ask.message().vm().source().getBytes(StandardCharsets.UTF_8));
        return new ActionStep.Transfer(name, command.withVerb(prefix + command.verb()), vm, AfterFailure.STOP);
    }

    static Recipe snapshotCreate(Ask ask) {
        return single(ask, "snapshot_create", ask.need(ACTIVE_SNAPSHOT + "SNAPSHOT_ID"));
    }

    static Recipe snapshotDelete(Ask ask) {
        return single(ask, "snapshot_delete", ask.need(ACTIVE_SNAPSHOT + "HYPERVISOR_ID"));
    }

    private static Recipe single(Ask ask, String script, String snapshot) {
        return new Recipe.Single(ask.hypervisor(
                ask.request().name(), script, Side.HOST, List.of(ask.deployId(), Argument.text(snapshot))));
    }

    static Recipe snapshotRevert(Ask ask) {
        var snapshot = Argument.text(ask.need(ACTIVE_SNAPSHOT + "HYPERVISOR_ID"));
        return Steps.first(ask.hypervisor(
                        ask.request().name(), "snapshot_revert", Side.HOST, List.of(ask.deployId(), snapshot)))
                .then(new ActionStep.Network(
                        "post",
                        Side.HOST,
                        List.of(ask.deployId(), ask.host()),
                        Optional.empty(),
                        Set.of("elastic"),
                        AfterFailure.STOP))
                .answering("snapshot_revert");
    }
}
