package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.cli.output.Terminal;
import io.berth.core.fleet.EvacuateRequest;
import io.berth.core.fleet.Fate;
import io.berth.core.fleet.FleetPlan;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.Left;
import io.berth.core.fleet.Move;
import io.berth.core.fleet.Pace;
import io.berth.core.fleet.ResumeAllRequest;
import io.berth.core.fleet.SuspendAllRequest;
import io.berth.core.fleet.Way;
import io.berth.core.journal.OperationState;
import io.berth.core.operation.MigrationMode;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.engine.EngineEvent;
import io.berth.engine.testkit.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetCommandsTest {
    private final CommandLineFixture berth = new CommandLineFixture();

    private static Move move(String vm) {
        return new Move(
                Samples.vm(vm),
                Way.SUSPEND,
                Samples.HOST,
                Optional.empty(),
                Optional.of("fast"),
                DataSize.ofMebibytes(2048),
                Optional.of(Duration.ofMillis(20_480)));
    }

    private static Left tooLate(String vm) {
        return new Left(
                Samples.vm(vm),
                Samples.HOST,
                Failure.of(FailureKind.ENVIRONMENT, "suspend.too-late", "there is no time to save it")
                        .next("shut it down")
                        .build());
    }

    private void planned() {
        berth.engine.fleet.plan = new FleetPlan(
                "suspend-all",
                List.of(move("db")),
                List.of(tooLate("big")),
                List.of(),
                Optional.of(new Pace(DataSize.ofMebibytes(100), Pace.Source.MEASURED)),
                Optional.of(Duration.ofMillis(20_480)));
    }

    private void ends(Fate.End end, Optional<Failure> why, Left... left) {
        var result = Samples.report("db").result();
        berth.engine.fleet.outcome = watch -> new FleetReport(
                "suspend-all",
                List.of(new Fate(move("db"), end, end == Fate.End.DONE ? Optional.of(result) : Optional.empty(), why)),
                List.of(left),
                List.of(),
                Duration.ofSeconds(21));
    }

    @Test
    void suspendAllPassesOnWhatWasAskedAndIsSilent() {
        assertThat(berth.run(
                        "vm",
                        "suspend",
                        "--all",
                        "--host",
                        "h2",
                        "--within",
                        "8m",
                        "--pace",
                        "400M",
                        "--datastore",
                        "fast",
                        "--writer",
                        "snapshot"))
                .isZero();

        assertThat(berth.engine.fleet.asked)
                .containsExactly(new SuspendAllRequest(
                        Optional.of(new HostRef("h2")),
                        Optional.of("fast"),
                        Optional.of(MemoryWriter.SNAPSHOT),
                        Optional.of(Duration.ofMinutes(8)),
                        Optional.of(DataSize.ofMebibytes(400))));
        assertThat(berth.output()).isEmpty();
        assertThat(berth.errors()).isEmpty();
    }

    @Test
    void resumeAllPassesOnWhatWasAsked() {
        assertThat(berth.run("vm", "resume", "--all", "--host", "h2", "--host-is-dead", "h3"))
                .isZero();

        assertThat(berth.engine.fleet.asked)
                .containsExactly(new ResumeAllRequest(Optional.of(new HostRef("h2")), Set.of(new HostRef("h3"))));
    }

    @Test
    void evacuatePassesOnWhatWasAsked() {
        assertThat(berth.run("host", "evacuate", "h1", "--to", "h2", "--to", "h3", "--cold", "--datastore", "fast"))
                .isZero();

        assertThat(berth.engine.fleet.asked)
                .containsExactly(new EvacuateRequest(
                        Samples.HOST,
                        Set.of(new HostRef("h2"), new HostRef("h3")),
                        MigrationMode.COLD,
                        Optional.of("fast"),
                        Optional.empty()));
        assertThat(berth.run("host", "evacuate", "h1", "--checksum")).isEqualTo(ExitCode.USAGE.number());
        assertThat(berth.run("host", "evacuate")).isEqualTo(ExitCode.USAGE.number());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "suspend",
                "suspend web --all",
                "suspend web --within 8m",
                "suspend --all --within 8",
                "suspend --all --pace 0M",
                "suspend --all --checksum",
                "suspend --all --volume-size 1G",
                "resume",
                "resume web --all"
            })
    void whatMakesNoSenseIsWrongUsageAndNothingIsDone(String words) {
        assertThat(berth.run(("vm " + words).split(" "))).isEqualTo(ExitCode.USAGE.number());

        assertThat(berth.engine.fleet.asked).isEmpty();
        assertThat(berth.engine.machines.suspended).isEmpty();
    }

    @Test
    void dryRunShowsWhoGoesWhenAndWhoStays() {
        planned();

        assertThat(berth.run("vm", "suspend", "--all", "--within", "30s", "--dry-run"))
                .isEqualTo(ExitCode.ENVIRONMENT.number());

        assertThat(berth.output().lines())
                .first()
                .isEqualTo("suspend-all: 1 of 2 VMs, 2.0G, about 21 s at 100.0M/s (measured)");
        assertThat(berth.output())
                .containsPattern("db +h1 +suspend +- +2.0G +21 s +-")
                .containsPattern("big +h1 +- +- +- +- +there is no time to save it");
        assertThat(berth.engine.fleet.asked).isEmpty();
    }

    @Test
    void whatWontMakeItIsSaidBeforeAnythingBegins() {
        planned();
        berth.engine.fleet.outcome = watch -> {
            assertThat(berth.errors()).contains("berth: big on h1 stays: there is no time to save it");
            return new FleetReport("suspend-all", List.of(), List.of(), List.of(), Duration.ZERO);
        };

        assertThat(berth.run("vm", "suspend", "--all", "--within", "30s")).isZero();

        assertThat(berth.engine.fleet.asked).hasSize(1);
    }

    @Test
    void whatIsLeftInTheEndGivesTheExitCode() {
        ends(Fate.End.DONE, Optional.empty(), tooLate("big"));

        assertThat(berth.run("vm", "suspend", "--all", "-v")).isEqualTo(ExitCode.ENVIRONMENT.number());

        assertThat(berth.errors()).contains("big", "left", "suspend.too-late", "-> shut it down");
        assertThat(berth.output()).contains("suspend-all: 1 of 2 VMs in 21.00 s");
    }

    @Test
    void whatWasTakenCareOfElsewhereIsNoFailure() {
        ends(Fate.End.GONE, Optional.of(Samples.failure(FailureKind.CONFLICT)));

        assertThat(berth.run("vm", "suspend", "--all")).isZero();

        assertThat(berth.errors()).isEmpty();
    }

    @Test
    void whatWasRefusedOrNotBegunSaysSo() {
        ends(Fate.End.REFUSED, Optional.of(Samples.failure(FailureKind.CONFLICT)));
        assertThat(berth.run("vm", "suspend", "--all")).isEqualTo(ExitCode.REFUSED.number());

        ends(Fate.End.NOT_BEGUN, Optional.empty());
        assertThat(berth.run("vm", "suspend", "--all")).isEqualTo(ExitCode.CANCELLED.number());
        assertThat(berth.errors()).contains("not begun");
    }

    @Test
    void jsonHasEachVmWithItsEnd() {
        ends(Fate.End.DONE, Optional.empty(), tooLate("big"));

        berth.run("vm", "suspend", "--all", "--json");

        assertThat(berth.output())
                .contains(
                        "\"kind\" : \"suspend-all\"",
                        "\"end\" : \"done\"",
                        "\"end\" : \"left\"",
                        "\"code\" : \"suspend.too-late\"",
                        "\"operation\" : \"01jq0000000000abcd\"");
    }

    @Test
    void progressCountsAndNamesThoseUnderWay() {
        berth.terminal = new Terminal(true, true, 100);
        planned();
        berth.engine.fleet.outcome = watch -> {
            watch.events().accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm("db"), 3));
            assertThat(berth.errors()).contains("0 of 1 over; under way: db");
            watch.events().accept(new EngineEvent.OperationEnds(Samples.OPERATION, OperationState.FAILED, "no"));
            assertThat(berth.errors()).contains("1 of 1 over, 1 not as wished");
            return new FleetReport("suspend-all", List.of(), List.of(), List.of(), Duration.ZERO);
        };

        berth.run("vm", "suspend", "--all");

        assertThat(berth.errors()).endsWith("\r\u001b[K");
    }

    @Test
    void ctrlCIsHandedOn() {
        berth.engine.fleet.outcome = watch -> {
            watch.events().accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm("db"), 3));
            berth.interrupts.press();
            while (!watch.cancellation().requested()) {
                Thread.onSpinWait();
            }
            return new FleetReport("suspend-all", List.of(), List.of(), List.of(), Duration.ZERO);
        };

        berth.run("vm", "suspend", "--all");

        assertThat(berth.errors()).contains("berth: cancelling; now: 0 of 1 over; under way: db");
    }
}
