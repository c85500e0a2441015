package io.berth.opennebula.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What keeps a guest's memory: saving, restoring, migrating, snapshots; each as stock's scripts do it, unless the system
 * datastore wants memory in volumes: then Berth's engine saves, restores and migrates between the same scripts.
 */
final class MemoryRecipes {
    private static final String ACTIVE_SNAPSHOT = "VM/TEMPLATE/SNAPSHOT[ACTIVE='YES']/";

    private MemoryRecipes() {}

    /**
     * Once the guest is saved it is gone from its host. A network that couldn't be tidied up there is no failed save: the core
     * would take the guest for running, and start it anew beside its checkpoint.
     */
    static Recipe save(Ask ask) {
        return save(ask, List.of(ask.network("clean", ask.host()).with(AfterFailure.GO_ON)));
    }

    /** What the script of that name is for. */
    static Recipe saveAlone(Ask ask) {
        return save(ask, List.of());
    }

    private static Recipe save(Ask ask, List<ActionStep> after) {
        return switch (CheckpointPlace.of(ask)) {
            case CheckpointPlace.Scripts() -> saveByScript(ask, after);
            case CheckpointPlace.Volume(var datastore) ->
                new Recipe.Memory(
                        "save",
                        new MemoryDeed.Save(ask.guest(), ask.hostRef(), datastore),
                        List.of(),
                        List.of(),
                        List.of(),
                        after);
        };
    }

    /** What was made ready for a checkpoint is let go whether it was written or not. */
    private static Recipe saveByScript(Ask ask, List<ActionStep> after) {
        var hooks = new CheckpointHooks(ask);
        var letGo = tolerated(hooks.aroundSave("postsave"));
        return Steps.first(hooks.aroundSave("presave"))
                .then(watched(ask.hypervisor("save", ask.deployId(), checkpoint(ask), ask.host()), MemoryWork.SAVE)
                        .with(new AfterFailure(letGo, false)))
                .then(after)
                .then(letGo)
                .answering("save");
    }

    /**
     * A network that isn't quite set up fails nothing any more, and doesn't end the guest as stock would: the guest has
     * run, so its checkpoint is spent, and ending it would lose it.
     */
    static Recipe restore(Ask ask) {
        return restore(
                ask,
                ask.context(),
                List.of(ask.network("pre")),
                List.of(ask.network("post", ask.deployId(), ask.host()).with(AfterFailure.GO_ON)));
    }

    /** What the script of that name is for. */
    static Recipe restoreAlone(Ask ask) {
        return restore(ask, List.of(), List.of(), List.of());
    }

    private static Recipe restore(
            Ask ask, List<? extends ActionStep> context, List<ActionStep> networks, List<ActionStep> after) {
        var hooks = new CheckpointHooks(ask);
        var script =
                watched(ask.hypervisor("restore", checkpoint(ask), ask.host(), ask.deployId()), MemoryWork.RESTORE);
        // Not after a failure: the checkpoint would be gone with it.
        var forget = tolerated(hooks.aroundRestore("postrestore"));
        return switch (CheckpointPlace.of(ask)) {
            case CheckpointPlace.Scripts() ->
                Steps.first(context)
                        .then(hooks.aroundRestore("prerestore"))
                        .then(networks)
                        .then(script)
                        .then(after)
                        .then(forget)
                        .answering("restore");
            case CheckpointPlace.Volume(var datastore) ->
                new Recipe.Memory(
                        "restore",
                        new MemoryDeed.Restore(ask.guest(), ask.hostRef(), StockImage.of(ask, datastore)),
                        Steps.first(context).then(networks).list(),
                        List.of(),
                        // Saved before its datastore asked for volumes.
                        Steps.first(hooks.aroundRestore("prerestore"))
                                .then(script)
                                .then(forget)
                                .list(),
                        after);
        };
    }

    private static ActionStep watched(ActionStep.Hypervisor script, MemoryWork work) {
        return new ActionStep.Memory(script, work);
    }

    private static Argument checkpoint(Ask ask) {
        return Argument.text(ask.message().checkpointFile());
    }

    /**
     * Storage that was made ready is told of whatever fails before the guest has moved; stock forgets it when the network
     * isn't ready. Once the guest has moved nothing is a failure any more: the core would look for it where it isn't.
     */
    static Recipe migrate(Ask ask) {
        var scripts = new MigrationScripts(ask);
        return switch (CheckpointPlace.of(ask)) {
            case CheckpointPlace.Volume(var _) when canMoveAlive(ask, scripts) -> move(ask, scripts);
            case CheckpointPlace.Volume(var _), CheckpointPlace.Scripts() -> migrateByScript(ask, scripts);
        };
    }

    /**
     * What stays on its host changes its datastore, and what each host has by itself has to be copied: scripts do that,
     * unless the engine was asked to.
     */
    private static boolean canMoveAlive(Ask ask, MigrationScripts scripts) {
        return moves(ask) && (scripts.leaveDirectoriesToTheEngine() || !areCopied(ask));
    }

    private static boolean areCopied(Ask ask) {
        return ask.text("DATASTORE/TEMPLATE/SHARED")
                .filter("NO"::equalsIgnoreCase)
                .isPresent();
    }

    private static boolean moves(Ask ask) {
        return !ask.message().destination().equals(ask.message().host());
    }

    private static Recipe move(Ask ask, MigrationScripts scripts) {
        var undo = tolerated(scripts.all("FAIL"));
        var before = new ArrayList<ActionStep>(scripts.all("PRE"));
        before.add(ask.network("pre", Side.DESTINATION));
        var after = new ArrayList<>(leave(ask));
        after.addAll(tolerated(scripts.all("POST")));
        return new Recipe.Memory(
                "migrate",
                new MemoryDeed.Move(ask.guest(), ask.hostRef(), ask.destinationRef()),
                before.stream()
                        .map(step -> step.with(new AfterFailure(undo, false)))
                        .toList(),
                undo,
                List.of(),
                after);
    }

    private static Recipe migrateByScript(Ask ask, MigrationScripts scripts) {
        var undo = AfterFailure.run(scripts.asked("FAIL").with(AfterFailure.GO_ON));
        var moves = moves(ask);
        var script = ask.hypervisor("migrate", ask.deployId(), ask.destination(), ask.host());
        return Steps.first(scripts.asked("PRE").with(undo))
                .thenIf(moves, ask.network("pre", Side.DESTINATION).with(undo))
                .then((moves ? watched(script, MemoryWork.MOVE) : script).with(undo))
                .then(moves ? leave(ask) : List.of())
                .then(scripts.asked("POST").with(AfterFailure.GO_ON))
                .answering("migrate");
    }

    /** The networks, once the guest has moved. */
    private static List<ActionStep> leave(Ask ask) {
        return tolerated(List.of(
                ask.network("clean", ask.host()), ask.network("post", Side.DESTINATION, ask.deployId(), ask.host())));
    }

    private static List<ActionStep> tolerated(List<ActionStep> steps) {
        return steps.stream().map(step -> step.with(AfterFailure.GO_ON)).toList();
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
