package io.berth.engine.embedded;

import io.berth.core.journal.Journal;
import io.berth.core.journal.OperationEntry;
import io.berth.core.operation.Leftover;
import io.berth.core.operation.Operations;
import io.berth.core.operation.Recovered;
import io.berth.driver.HostRef;
import io.berth.engine.Finding;
import io.berth.engine.Found;
import io.berth.engine.Upkeep;
import io.berth.engine.Watch;
import java.util.List;
import java.util.Set;

final class EmbeddedUpkeep implements Upkeep {
    private final Operations operations;
    private final Journal journal;
    private final Runs runs;
    private final Examination examination;

    EmbeddedUpkeep(Operations operations, Journal journal, Runs runs, Examination examination) {
        this.operations = operations;
        this.journal = journal;
        this.runs = runs;
        this.examination = examination;
    }

    @Override
    public List<OperationEntry> unfinished() {
        return journal.open();
    }

    @Override
    public List<Recovered> recover(Set<HostRef> deadHosts, Watch watch) {
        return runs.runAll(watch, options -> operations.recover(options.withDead(deadHosts)));
    }

    @Override
    public List<String> rebuild() {
        return operations.rebuild();
    }

    @Override
    public Found<Leftover> collectGarbage(boolean delete) {
        var sweep = operations.collectGarbage(delete);
        return new Found<>(sweep.leftovers(), sweep.silent());
    }

    @Override
    public List<Finding> examine() {
        return examination.run();
    }
}
