package io.berth.engine.embedded;

import io.berth.core.operation.AdoptRequest;
import io.berth.core.operation.Operations;
import io.berth.core.plan.Plan;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.engine.Checkpoints;
import io.berth.engine.Found;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import java.util.Optional;

final class EmbeddedCheckpoints implements Checkpoints {
    private final Operations operations;
    private final Survey survey;
    private final Runs runs;

    EmbeddedCheckpoints(Operations operations, Survey survey, Runs runs) {
        this.operations = operations;
        this.survey = survey;
        this.runs = runs;
    }

    @Override
    public Found<Entry> list() {
        return survey.checkpoints();
    }

    @Override
    public Entry find(String nameOrVm) {
        return operations.checkpoint(nameOrVm);
    }

    @Override
    public Plan planVerify(String nameOrVm, Optional<HostRef> at, boolean whole) {
        return operations.planVerify(nameOrVm, place(nameOrVm, at), whole);
    }

    @Override
    public Report verify(String nameOrVm, Optional<HostRef> at, boolean whole, Watch watch) {
        var host = place(nameOrVm, at);
        return runs.run(watch, options -> operations.verify(nameOrVm, host, whole, options));
    }

    @Override
    public Plan planAdopt(AdoptRequest request) {
        return operations.planAdopt(request);
    }

    @Override
    public Report adopt(AdoptRequest request, Watch watch) {
        return runs.run(watch, options -> operations.adopt(request, options));
    }

    @Override
    public Plan planDelete(String nameOrVm, boolean losesMemory) {
        return operations.planDelete(nameOrVm, losesMemory);
    }

    @Override
    public Report delete(String nameOrVm, boolean losesMemory, Watch watch) {
        return runs.run(watch, options -> operations.delete(nameOrVm, losesMemory, options));
    }

    private HostRef place(String nameOrVm, Optional<HostRef> at) {
        return at.or(() -> operations.checkpoint(nameOrVm).record().map(record -> record.source()))
                .orElseThrow(() -> Failure.of(FailureKind.CALLER, "host.unnamed", "which host shall read it?")
                        .why("the checkpoint's record, which names one, can't be read")
                        .next("name a host with --host")
                        .build());
    }
}
