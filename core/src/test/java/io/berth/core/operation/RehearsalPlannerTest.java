package io.berth.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.plan.Plan;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.Capacity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalPlannerTest {
    private static final HostRef OTHER = new HostRef("h2");
    private static final RehearseRequest REQUEST = new RehearseRequest("fast", new HostRef("h1"), OTHER);
    private static final DataSize ROOM = DataSize.ofMebibytes(100);

    private static RehearsalSurvey facts(DataSize free, List<Failure> obstacles) {
        return new RehearsalSurvey(
                new FencingToken(REQUEST.stranger(), 3, new OperationId("01rehearsal")),
                REQUEST.datastore(),
                REQUEST.writer(),
                REQUEST.reader(),
                obstacles,
                new Capacity(ROOM, free),
                Instant.EPOCH);
    }

    private static Plan plan() {
        return RehearsalPlanner.plan(facts(ROOM, List.of()));
    }

    @Test
    void whatOneHostWritesTheOtherReadsAndOnlyTheRemovalIsNeverUndone() {
        var plan = plan();

        assertThat(plan.steps())
                .extracting(Step::name)
                .containsExactly(
                        "create",
                        "ledger",
                        "attach",
                        "clear",
                        "write",
                        "flush",
                        "detach",
                        "attach-elsewhere",
                        "drop-cache",
                        "compare",
                        "detach-elsewhere",
                        "delete");
        assertThat(plan.steps().get(plan.pointOfNoReturn()).name()).isEqualTo("detach-elsewhere");
        assertThat(plan.steps().get(plan.pointOfNoReturn() - 1).host()).contains(OTHER);
        assertThat(plan.hosts()).containsExactly(REQUEST.writer(), OTHER);
    }

    @Test
    void theJournalReadsItBack() {
        assertThat(PlanCodec.read(PlanCodec.write(plan()))).isEqualTo(plan());
    }

    @Test
    void eachWriterHasAStrangerOfItsOwnWhichIsAlwaysTheSame() {
        assertThat(REQUEST.stranger())
                .isEqualTo(new RehearseRequest("fast", REQUEST.writer(), REQUEST.writer()).stranger())
                .isNotEqualTo(new RehearseRequest("fast", OTHER, OTHER).stranger())
                .isNotEqualTo(new RehearseRequest("slow", REQUEST.writer(), OTHER).stranger());
    }

    @Test
    void aHostThatIsOutOfReachOrAFullDatastoreIsRefusedBeforeAnythingIsTouched() {
        var obstacle = Failure.of(FailureKind.CALLER, "datastore.out-of-reach", "no way")
                .next("find one")
                .build();

        assertRefused(facts(ROOM, List.of(obstacle)), "datastore.out-of-reach");
        assertRefused(facts(new DataSize(RehearsalPlanner.SIZE.bytes() - 1), List.of()), "storage.no-room");
    }

    private static void assertRefused(RehearsalSurvey facts, String code) {
        assertThatThrownBy(() -> RehearsalPlanner.plan(facts))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
