package io.berth.engine.testkit;

import io.berth.core.operation.AdoptRequest;
import io.berth.core.plan.Plan;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.engine.Checkpoints;
import io.berth.engine.Found;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Fake checkpoints. */
public final class FakeCheckpoints implements Checkpoints {
    public final List<Entry> entries = new CopyOnWriteArrayList<>();
    public final List<Failure> silent = new CopyOnWriteArrayList<>();
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** What would come of an adoption. */
    public Function<AdoptRequest, Plan> adoptable =
            request -> Samples.plan(request.volume().name());

    /** What comes of one. */
    public Function<AdoptRequest, Report> adopted =
            request -> Samples.report(request.volume().name());

    @Override
    public Found<Entry> list() {
        return new Found<>(entries, silent);
    }

    @Override
    public Entry find(String nameOrVm) {
        return entries.stream()
                .filter(entry -> entry.volume().name().equals(nameOrVm))
                .findFirst()
                .orElseThrow(() -> FakeEngine.unknown("checkpoint.unknown", nameOrVm));
    }

    @Override
    public Plan planVerify(String nameOrVm, Optional<HostRef> at, boolean whole) {
        return Samples.plan(nameOrVm);
    }

    @Override
    public Report verify(String nameOrVm, Optional<HostRef> at, boolean whole, Watch watch) {
        asked.add("verify " + nameOrVm + " " + at + " " + whole);
        return Samples.report(nameOrVm);
    }

    @Override
    public Plan planAdopt(AdoptRequest request) {
        return adoptable.apply(request);
    }

    @Override
    public Report adopt(AdoptRequest request, Watch watch) {
        asked.add("adopt " + request.volume() + " " + request.vm().uuid());
        return adopted.apply(request);
    }

    @Override
    public Plan planDelete(String nameOrVm, boolean losesMemory) {
        return Samples.plan(nameOrVm);
    }

    @Override
    public Report delete(String nameOrVm, boolean losesMemory, Watch watch) {
        asked.add("delete " + nameOrVm + " " + losesMemory);
        return Samples.report(nameOrVm);
    }
}
