package io.berth.engine.wire;

import static io.berth.engine.wire.Method.DELETE;
import static io.berth.engine.wire.Method.GET;
import static io.berth.engine.wire.Method.POST;
import static io.berth.engine.wire.Method.PUT;

import io.berth.core.fleet.EvacuateRequest;
import io.berth.core.fleet.FleetPlan;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.ResumeAllRequest;
import io.berth.core.fleet.SuspendAllRequest;
import io.berth.core.journal.OperationEntry;
import io.berth.core.operation.AdoptRequest;
import io.berth.core.operation.Leftover;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MoveDirectoryRequest;
import io.berth.core.operation.Recovered;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.StartRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.operation.TerminateRequest;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.engine.DatastoreCheck;
import io.berth.engine.DatastoreView;
import io.berth.engine.Finding;
import io.berth.engine.Found;
import io.berth.engine.HostCheck;
import io.berth.engine.HostView;
import io.berth.engine.MachineDetail;
import io.berth.engine.MachineView;
import io.berth.engine.OperationDetail;
import io.berth.engine.Report;
import io.berth.engine.ScriptTest;
import io.berth.engine.wire.Asked.AddHost;
import io.berth.engine.wire.Asked.ById;
import io.berth.engine.wire.Asked.ByName;
import io.berth.engine.wire.Asked.Explain;
import io.berth.engine.wire.Asked.Garbage;
import io.berth.engine.wire.Asked.History;
import io.berth.engine.wire.Asked.Nothing;
import io.berth.engine.wire.Asked.OneHost;
import io.berth.engine.wire.Asked.OneTask;
import io.berth.engine.wire.Asked.RemoveHost;
import java.util.List;

/**
 * All that can be asked of an engine in another process, a line each: the remote engine asks it, the daemon answers it,
 * {@code openapi.yaml} describes it.
 */
public final class Api {
    /** Header of requests and answers. Only programs of one version understand each other; people may leave it out. */
    public static final String VERSION_HEADER = "Berth-Version";

    public static final Call<Nothing, DaemonView> DAEMON =
            Call.of("show-daemon", GET, "/v1/daemon", Nothing.class, () -> WireShapes.of(DaemonView.class));
    public static final Call<Nothing, HealthView> HEALTH =
            Call.of("show-health", GET, "/health", Nothing.class, () -> WireShapes.of(HealthView.class));

    public static final Call<Nothing, Found<MachineView>> MACHINES =
            Call.of("list-machines", GET, "/v1/machines", Nothing.class, () -> WireShapes.foundOf(MachineView.class));
    public static final Call<ByName, MachineDetail> MACHINE =
            Call.of("show-machine", GET, "/v1/machines/{name}", ByName.class, () -> WireShapes.of(MachineDetail.class));
    public static final Call<Explain, List<DefinitionChange>> EXPLAIN = Call.of(
            "explain-machine",
            GET,
            "/v1/machines/{name}/changes",
            Explain.class,
            () -> WireShapes.listOf(DefinitionChange.class));

    public static final Call<SuspendAllRequest, FleetPlan> PLAN_SUSPEND_ALL = Call.of(
            "plan-suspend-all",
            POST,
            "/v1/plans/suspend-all",
            SuspendAllRequest.class,
            () -> WireShapes.of(FleetPlan.class));
    public static final Call<ResumeAllRequest, FleetPlan> PLAN_RESUME_ALL = Call.of(
            "plan-resume-all",
            POST,
            "/v1/plans/resume-all",
            ResumeAllRequest.class,
            () -> WireShapes.of(FleetPlan.class));

    public static final Call<EvacuateRequest, FleetPlan> PLAN_EVACUATE = Call.of(
            "plan-evacuate", POST, "/v1/plans/evacuate", EvacuateRequest.class, () -> WireShapes.of(FleetPlan.class));

    public static final Call<Nothing, Found<Entry>> CHECKPOINTS =
            Call.of("list-checkpoints", GET, "/v1/checkpoints", Nothing.class, () -> WireShapes.foundOf(Entry.class));
    public static final Call<ByName, Entry> CHECKPOINT =
            Call.of("show-checkpoint", GET, "/v1/checkpoints/{name}", ByName.class, () -> WireShapes.of(Entry.class));

    public static final Call<History, List<OperationEntry>> OPERATIONS = Call.of(
            "list-operations", GET, "/v1/operations", History.class, () -> WireShapes.listOf(OperationEntry.class));
    public static final Call<ById, OperationDetail> OPERATION = Call.of(
            "show-operation", GET, "/v1/operations/{id}", ById.class, () -> WireShapes.of(OperationDetail.class));
    public static final Call<ById, OperationEntry> CANCEL = Call.of(
            "cancel-operation",
            POST,
            "/v1/operations/{id}/cancel",
            ById.class,
            () -> WireShapes.of(OperationEntry.class));

    public static final Call<Nothing, Found<DatastoreView>> DATASTORES = Call.of(
            "list-datastores", GET, "/v1/datastores", Nothing.class, () -> WireShapes.foundOf(DatastoreView.class));

    public static final Call<Nothing, List<HostView>> HOSTS =
            Call.of("list-hosts", GET, "/v1/hosts", Nothing.class, () -> WireShapes.listOf(HostView.class));
    public static final Call<AddHost, Nothing> ADD_HOST =
            Call.of("add-host", PUT, "/v1/hosts/{host}", AddHost.class, () -> WireShapes.of(Nothing.class));
    public static final Call<OneHost, HostCheck> CHECK_HOST =
            Call.of("check-host", GET, "/v1/hosts/{host}/check", OneHost.class, () -> WireShapes.of(HostCheck.class));
    public static final Call<RemoveHost, Nothing> REMOVE_HOST =
            Call.of("remove-host", DELETE, "/v1/hosts/{host}", RemoveHost.class, () -> WireShapes.of(Nothing.class));

    public static final Call<Nothing, List<OperationEntry>> UNFINISHED = Call.of(
            "list-unfinished", GET, "/v1/unfinished", Nothing.class, () -> WireShapes.listOf(OperationEntry.class));
    public static final Call<Nothing, List<String>> REBUILD =
            Call.of("rebuild-journal", POST, "/v1/rebuild", Nothing.class, () -> WireShapes.listOf(String.class));
    public static final Call<Garbage, Found<Leftover>> GARBAGE =
            Call.of("collect-garbage", POST, "/v1/garbage", Garbage.class, () -> WireShapes.foundOf(Leftover.class));

    public static final Call<Nothing, List<Finding>> EXAMINE =
            Call.of("examine", POST, "/v1/examine", Nothing.class, () -> WireShapes.listOf(Finding.class));

    public static final Call<ByName, ScriptTest> TEST_SCRIPTS = Call.of(
            "test-scripts",
            POST,
            "/v1/datastores/{name}/script-test",
            ByName.class,
            () -> WireShapes.of(ScriptTest.class));

    public static final Call<OneTask, TaskView> TASK =
            Call.of("show-task", GET, "/v1/tasks/{task}", OneTask.class, () -> WireShapes.of(TaskView.class));
    /** Asks it to stop, and doesn't wait for what comes of it. */
    public static final Call<OneTask, TaskView> CANCEL_TASK =
            Call.of("cancel-task", DELETE, "/v1/tasks/{task}", OneTask.class, () -> WireShapes.of(TaskView.class));

    public static final TaskKind<SuspendRequest, Report> SUSPEND =
            new TaskKind<>("suspend", SuspendRequest.class, () -> WireShapes.of(Report.class), true);
    public static final TaskKind<SuspendRequest, Report> STOP =
            new TaskKind<>("stop", SuspendRequest.class, () -> WireShapes.of(Report.class), true);
    public static final TaskKind<StartRequest, Report> START =
            new TaskKind<>("start", StartRequest.class, () -> WireShapes.of(Report.class), true);
    public static final TaskKind<ResumeRequest, Report> RESUME =
            new TaskKind<>("resume", ResumeRequest.class, () -> WireShapes.of(Report.class), true);
    public static final TaskKind<MigrateRequest, Report> MIGRATE =
            new TaskKind<>("migrate", MigrateRequest.class, () -> WireShapes.of(Report.class), true);
    public static final TaskKind<TerminateRequest, Report> TERMINATE =
            new TaskKind<>("terminate", TerminateRequest.class, () -> WireShapes.of(Report.class), true);
    public static final TaskKind<MoveDirectoryRequest, Report> MOVE_DIRECTORY =
            new TaskKind<>("move-directory", MoveDirectoryRequest.class, () -> WireShapes.of(Report.class), true);
    public static final TaskKind<SuspendAllRequest, FleetReport> SUSPEND_ALL =
            new TaskKind<>("suspend-all", SuspendAllRequest.class, () -> WireShapes.of(FleetReport.class), false);
    public static final TaskKind<ResumeAllRequest, FleetReport> RESUME_ALL =
            new TaskKind<>("resume-all", ResumeAllRequest.class, () -> WireShapes.of(FleetReport.class), false);
    public static final TaskKind<EvacuateRequest, FleetReport> EVACUATE =
            new TaskKind<>("evacuate", EvacuateRequest.class, () -> WireShapes.of(FleetReport.class), false);
    public static final TaskKind<Asked.Verify, Report> VERIFY =
            new TaskKind<>("verify", Asked.Verify.class, () -> WireShapes.of(Report.class), true);
    public static final TaskKind<AdoptRequest, Report> ADOPT =
            new TaskKind<>("adopt", AdoptRequest.class, () -> WireShapes.of(Report.class), true);
    public static final TaskKind<Asked.Delete, Report> DELETE_CHECKPOINT =
            new TaskKind<>("delete-checkpoint", Asked.Delete.class, () -> WireShapes.of(Report.class), true);
    public static final TaskKind<Asked.OneDatastore, DatastoreCheck> CHECK_DATASTORE = new TaskKind<>(
            "check-datastore", Asked.OneDatastore.class, () -> WireShapes.of(DatastoreCheck.class), false);
    public static final TaskKind<Asked.Recover, List<Recovered>> RECOVER =
            new TaskKind<>("recover", Asked.Recover.class, () -> WireShapes.listOf(Recovered.class), false);

    /** How a task goes on, as server-sent events; what comes of it is the last one. */
    public static final PathTemplate TASK_EVENTS = new PathTemplate("/v1/tasks/{task}/events");
    /** The same of the task that an operation belongs to. */
    public static final PathTemplate OPERATION_EVENTS = new PathTemplate("/v1/operations/{id}/events");

    private Api() {}
}
