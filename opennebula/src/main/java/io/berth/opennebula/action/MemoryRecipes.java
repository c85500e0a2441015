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
        var after = List.<ActionStep>of(ask.network("clean", ask.host()).with(AfterFailure.GO_ON));
        return switch (CheckpointPlace.of(ask)) {
            case CheckpointPlace.Scripts() ->
                Steps.first(ask.hypervisor("save", ask.deployId(), checkpoint(ask), ask.host()))
                        .then(after)
                        .answering("save");
            case CheckpointPlace.Volume(var datastore) ->
                new Recipe.Memory(
                        "save",
                        new MemoryDeed.Save(ask.guest(), ask.hostRef(), datastore),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        after);
        };
    }

    /**
     * A network that isn't quite set up fails nothing any more, and doesn't end the guest as stock would: the guest has
     * run, so its checkpoint is spent, and ending it would lose it.
     */
    static Recipe restore(Ask ask) {
        var before = new ArrayList<ActionStep>(ask.context());
        before.add(ask.network("pre"));
        var script = ask.hypervisor("restore", checkpoint(ask), ask.host(), ask.deployId());
        var after = List.<ActionStep>of(
                ask.network("post", ask.deployId(), ask.host()).with(AfterFailure.GO_ON));
        return switch (CheckpointPlace.of(ask)) {
            case CheckpointPlace.Scripts() ->
                Steps.first(before).then(script).then(after).answering("restore");
            case CheckpointPlace.Volume(var _) ->
                new Recipe.Memory(
                        "restore",
                        new MemoryDeed.Restore(ask.guest(), ask.hostRef()),
                        before,
                        List.of(),
                        // Saved before its datastore asked for volumes.
                        Optional.of(script),
                        after);
        };
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
            case CheckpointPlace.Volume(var _) when canMoveAlive(ask) -> move(ask, scripts);
            case CheckpointPlace.Volume(var _), CheckpointPlace.Scripts() -> migrateByScript(ask, scripts);
        };
    }

    /** What stays on its host changes its datastore, and what each host has by itself has to be copied: scripts do that. */
    private static boolean canMoveAlive(Ask ask) {
        return moves(ask)
                && ask.text("DATASTORE/TEMPLATE/SHARED")
                        .filter("NO"::equalsIgnoreCase)
                        .isEmpty();
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
                Optional.empty(),
                after);
    }

    private static Recipe migrateByScript(Ask ask, MigrationScripts scripts) {
        var undo = AfterFailure.run(scripts.asked("FAIL").with(AfterFailure.GO_ON));
        var moves = moves(ask);
        return Steps.first(scripts.asked("PRE").with(undo))
                .thenIf(moves, ask.network("pre", Side.DESTINATION).with(undo))
                .then(ask.hypervisor("migrate", ask.deployId(), ask.destination(), ask.host())
                        .with(undo))
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
