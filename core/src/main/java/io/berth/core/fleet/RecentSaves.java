package io.berth.core.fleet;

import io.berth.core.journal.Journal;
import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent;
import io.berth.core.plan.Plan;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Ref;
import io.berth.core.plan.Step;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a datastore took of memory lately, as the journal has it. Bytes over the time in which anything was saved there:
 * whole operations, not only the writing, so that the answer is rather too low.
 */
final class RecentSaves {
    private static final int OPERATIONS = 200;
    private static final int SAVES = 30;
    /** Of less the time for anything but writing is the most. */
    private static final DataSize ENOUGH = DataSize.ofMebibytes(64);

    private final Journal journal;

    RecentSaves(Journal journal) {
        this.journal = journal;
    }

    private record Save(Instant begun, Instant ended, long bytes) {}

    /** Empty when too little was saved there to tell. */
    Optional<Pace> onto(String datastore) {
        var saves = new ArrayList<Save>();
        for (var entry : journal.history(Optional.empty(), OPERATIONS)) {
            if (saves.size() < SAVES && entry.state() == OperationState.SUCCEEDED) {
                save(entry, datastore).ifPresent(saves::add);
            }
        }
        saves.sort(Comparator.comparing(Save::begun));
        var bytes = saves.stream().mapToLong(Save::bytes).sum();
        var millis = busy(saves).toMillis();
        return bytes < ENOUGH.bytes() || millis == 0
                ? Optional.empty()
                : Optional.of(
                        new Pace(new DataSize(Math.max(1, (long) (bytes * 1000.0 / millis))), Pace.Source.MEASURED));
    }

    private static Duration busy(List<Save> sorted) {
        var busy = Duration.ZERO;
        var until = Instant.MIN;
        for (var save : sorted) {
            var from = save.begun().isAfter(until) ? save.begun() : until;
            if (save.ended().isAfter(from)) {
                busy = busy.plus(Duration.between(from, save.ended()));
                until = save.ended();
            }
        }
        return busy;
    }

    /** Operations that save and do nothing else. */
    private Optional<Save> save(OperationEntry entry, String datastore) {
        if (!entry.kind().equals("suspend") && !entry.kind().equals("stop")) {
            return Optional.empty();
        }
        return plan(entry)
                .flatMap(plan -> plan.all()
                        .flatMap(step -> saving(step, datastore).stream())
                        .findFirst())
                .flatMap(step -> length(entry, step))
                .map(length -> new Save(entry.begun(), entry.changed(), length.bytes()));
    }

    private static Optional<Step.SaveMemory> saving(Step step, String datastore) {
        return step instanceof Step.SaveMemory save && save.volume().datastore().equals(datastore)
                ? Optional.of(save)
                : Optional.empty();
    }

    private static Optional<Plan> plan(OperationEntry entry) {
        try {
            return Optional.of(PlanCodec.read(entry.plan()));
        } catch (Failure _) {
            return Optional.empty(); // another version's: there are others to go by
        }
    }

    private Optional<DataSize> length(OperationEntry entry, Step.SaveMemory step) {
        return journal.events(entry.id()).stream()
                .filter(event -> event.step().equals(step.name()) && event.phase() == StepEvent.Phase.DONE)
                .flatMap(event -> Optional.ofNullable(event.outputs().get(Ref.Type.LENGTH.output())).stream())
                .map(Ref.Type.LENGTH::parse)
                .findFirst();
    }
}
