package io.berth.server;

import io.berth.engine.Engine;
import io.berth.engine.wire.Api;
import io.berth.engine.wire.Asked.Nothing;
import io.berth.server.http.Route;
import java.util.List;
import java.util.stream.Stream;

/** What the engine answers and does, a line each. */
final class EngineRoutes {
    private EngineRoutes() {}

    static List<Route> of(Engine engine, Binding bind) {
        var machines = engine.machines();
        var fleet = engine.fleet();
        var checkpoints = engine.checkpoints();
        var operations = engine.operations();
        var datastores = engine.datastores();
        var hosts = engine.hosts();
        var upkeep = engine.upkeep();
        var scripts = engine.scripts();
        return Stream.of(
                        bind.call(Api.MACHINES, none -> machines.list()),
                        bind.call(Api.MACHINE, asked -> machines.find(asked.name())),
                        bind.call(Api.EXPLAIN, asked -> machines.explain(asked.name(), asked.phase())),
                        bind.task(Api.SUSPEND, machines::planSuspend, machines::suspend),
                        bind.task(Api.STOP, machines::planStop, machines::stop),
                        bind.task(Api.START, machines::planStart, machines::start),
                        bind.task(Api.RESUME, machines::planResume, machines::resume),
                        bind.task(Api.MIGRATE, machines::planMigrate, machines::migrate),
                        bind.task(Api.TERMINATE, machines::planTerminate, machines::terminate),
                        bind.task(Api.MOVE_DIRECTORY, machines::planMoveDirectory, machines::moveDirectory),
                        bind.call(Api.PLAN_SUSPEND_ALL, fleet::planSuspendAll),
                        bind.task(Api.SUSPEND_ALL, fleet::suspendAll),
                        bind.call(Api.PLAN_RESUME_ALL, fleet::planResumeAll),
                        bind.task(Api.RESUME_ALL, fleet::resumeAll),
                        bind.call(Api.PLAN_EVACUATE, fleet::planEvacuate),
                        bind.task(Api.EVACUATE, fleet::evacuate),
                        bind.call(Api.CHECKPOINTS, none -> checkpoints.list()),
                        bind.call(Api.CHECKPOINT, asked -> checkpoints.find(asked.name())),
                        bind.task(
                                Api.VERIFY,
                                asked -> checkpoints.planVerify(asked.checkpoint(), asked.at(), asked.whole()),
                                (asked, watch) ->
                                        checkpoints.verify(asked.checkpoint(), asked.at(), asked.whole(), watch)),
                        bind.task(Api.ADOPT, checkpoints::planAdopt, checkpoints::adopt),
                        bind.task(
                                Api.DELETE_CHECKPOINT,
                                asked -> checkpoints.planDelete(asked.checkpoint(), asked.losesMemory()),
                                (asked, watch) -> checkpoints.delete(asked.checkpoint(), asked.losesMemory(), watch)),
                        bind.call(
                                Api.OPERATIONS,
                                asked -> operations.list(
                                        asked.vm(), asked.limit().orElse(Binding.USUAL_LIMIT))),
                        bind.call(Api.OPERATION, asked -> operations.find(asked.id())),
                        bind.call(Api.CANCEL, asked -> operations.cancel(asked.id())),
                        bind.call(Api.DATASTORES, none -> datastores.list()),
                        bind.task(Api.CHECK_DATASTORE, (asked, watch) -> datastores.check(asked.datastore(), watch)),
                        bind.call(Api.HOSTS, none -> hosts.list()),
                        bind.call(Api.ADD_HOST, asked -> {
                            hosts.add(asked.host(), asked.address());
                            return new Nothing();
                        }),
                        bind.call(Api.CHECK_HOST, asked -> hosts.check(asked.host())),
                        bind.call(Api.REMOVE_HOST, asked -> {
                            hosts.remove(asked.host(), asked.onlyForget());
                            return new Nothing();
                        }),
                        bind.call(Api.UNFINISHED, none -> upkeep.unfinished()),
                        bind.task(Api.RECOVER, (asked, watch) -> upkeep.recover(asked.deadHosts(), watch)),
                        bind.call(Api.REBUILD, none -> upkeep.rebuild()),
                        bind.call(Api.EXAMINE, none -> upkeep.examine()),
                        bind.call(Api.GARBAGE, asked -> upkeep.collectGarbage(asked.delete())),
                        bind.call(Api.TEST_SCRIPTS, asked -> scripts.test(asked.name())))
                .flatMap(List::stream)
                .toList();
    }
}
