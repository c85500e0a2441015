package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.cli.output.Terminal;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.StartRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.engine.EngineEvent;
import io.berth.engine.testkit.Samples;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationCommandsTest {
    private final CommandLineFixture berth = new CommandLineFixture();

    @Test
    void suspendPassesOnWhatWasAskedAndIsSilent() {
        assertThat(berth.run(
                        "vm",
                        "suspend",
                        "web",
                        "--host",
                        "h2",
                        "--datastore",
                        "fast",
                        "--writer",
                        "live-stream",
                        "--volume-size",
                        "2G",
                        "--checksum"))
                .isZero();

        assertThat(berth.output()).isEmpty();
        assertThat(berth.errors()).isEmpty();
        assertThat(berth.engine.machines.suspended).singleElement().satisfies(request -> {
            assertThat(request.vm()).isEqualTo("web");
            assertThat(request.host()).contains(new HostRef("h2"));
            assertThat(request.datastore()).contains("fast");
            assertThat(request.writer()).contains(MemoryWriter.LIVE_STREAM);
            assertThat(request.volumeSize()).contains(DataSize.ofMebibytes(2048));
            assertThat(request.checksum()).isTrue();
        });
        assertThat(berth.engine.closed).isTrue();
    }

    @Test
    void verboseSaysSecondsBytesAndCheckpoint() {
        berth.run("vm", "suspend", "web", "-v");

        assertThat(berth.output())
                .isEqualTo("web: suspended in 1.24 s, 100.0M, checkpoint fast:berth-ckpt-01jq0000000000abcd"
                        + " (operation 01jq0000000000abcd)\n");
    }

    @Test
    void jsonOfASuspendHasSecondsBytesAndSteps() {
        berth.run("vm", "suspend", "web", "--json", "-v");

        assertThat(berth.output())
                .contains(
                        "\"state\" : \"succeeded\"",
                        "\"image_bytes\" : 104857600",
                        "\"seconds\" : 1.24",
                        "\"checkpoint\" : \"fast:berth-ckpt-01jq0000000000abcd\"",
                        "\"exit_code\" : 0")
                .startsWith("[ {")
                .endsWith("} ]\n");
    }

    @Test
    void rangesAndListsNameSeveralVms() {
        berth.run("vm", "suspend", "3..5", "web-8..9,db");

        assertThat(berth.engine.machines.suspended)
                .extracting(request -> request.vm())
                .containsExactly("one-3", "one-4", "one-5", "web-8", "web-9", "db");
    }

    @Test
    void aBackwardRangeIsRefusedBeforeAnythingIsDone() {
        assertThat(berth.run("vm", "suspend", "web", "5..3")).isEqualTo(2);

        assertThat(berth.engine.machines.suspended).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--writer,magic", "--volume-size,2", "--volume-size,0G", "--volume-size,12345678901234G"})
    void badValuesAreUsageErrors(String option, String value) {
        assertThat(berth.run("vm", "suspend", "web", option, value)).isEqualTo(2);

        assertThat(berth.errors()).contains("usage.wrong");
        assertThat(berth.engine.machines.suspended).isEmpty();
    }

    @Test
    void dryRunShowsThePlanAndDoesNothing() {
        assertThat(berth.run("vm", "suspend", "web", "--dry-run")).isZero();

        assertThat(berth.output())
                .contains(
                        "suspend of web (",
                        "  1 pause web",
                        "--- no way back from here ---",
                        "end the paused guest on h1");
        assertThat(berth.engine.machines.suspended).isEmpty();
    }

    @Test
    void stopSavesAsSuspendDoes() {
        assertThat(berth.run("vm", "stop", "3..4", "--host", "h1", "--datastore", "fast", "-v"))
                .isZero();

        assertThat(berth.engine.machines.stopped).containsExactly(saving("one-3"), saving("one-4"));
        assertThat(berth.engine.machines.suspended).isEmpty();
        assertThat(berth.output()).contains("one-3: stopped in ");
    }

    private static SuspendRequest saving(String vm) {
        return new SuspendRequest(
                vm, Optional.of(new HostRef("h1")), Optional.of("fast"), Optional.empty(), Optional.empty(), false);
    }

    @Test
    void startLeavesTheHostToBerthUnlessOneIsNamed() {
        berth.run("vm", "start", "web");
        berth.run("vm", "start", "web", "--host", "h2", "--host-is-dead", "h1");

        assertThat(berth.engine.machines.started)
                .containsExactly(
                        StartRequest.of("web"),
                        new StartRequest("web", Optional.of(new HostRef("h2")), Set.of(new HostRef("h1"))));
    }

    @Test
    void migratePassesOnTheTargetAndHowToSave() {
        berth.run("vm", "migrate", "web", "--host", "h2", "--datastore", "fast", "--writer", "snapshot");

        assertThat(berth.engine.machines.migrated).singleElement().satisfies(request -> {
            assertThat(request.target()).isEqualTo(new HostRef("h2"));
            assertThat(request.save().vm()).isEqualTo("web");
            assertThat(request.save().datastore()).contains("fast");
            assertThat(request.save().writer()).contains(MemoryWriter.SNAPSHOT);
        });
    }

    @Test
    void migrateGoesTheBestWayUnlessToldWhich() {
        berth.run("vm", "migrate", "web", "--host", "h2");
        berth.run("vm", "migrate", "web", "--host", "h2", "--live");
        berth.run("vm", "migrate", "web", "--host", "h2", "--cold");

        assertThat(berth.engine.machines.migrated)
                .extracting(MigrateRequest::mode)
                .containsExactly(MigrationMode.BEST, MigrationMode.LIVE, MigrationMode.COLD);
        assertThat(berth.run("vm", "migrate", "web", "--host", "h2", "--live", "--cold"))
                .isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void migrateWithoutATargetIsWrongUsage() {
        assertThat(berth.run("vm", "migrate", "web")).isEqualTo(ExitCode.USAGE.number());
        assertThat(berth.engine.machines.migrated).isEmpty();
    }

    @Test
    void terminateAsksWhoeverSitsThereOnceForAllAndTakesNoForAnAnswer() {
        berth.consent.answer = Optional.of(false);
        assertThat(berth.run("vm", "terminate", "3..4")).isEqualTo(ExitCode.CANCELLED.number());
        assertThat(berth.engine.machines.terminated).isEmpty();

        berth.consent.answer = Optional.of(true);
        assertThat(berth.run("vm", "terminate", "3..4")).isZero();
        assertThat(berth.engine.machines.terminated).hasSize(2);
        assertThat(berth.consent.questions)
                .hasSize(2)
                .allSatisfy(question -> assertThat(question).contains("one-3, one-4"));
    }

    @Test
    void terminateAsksNobodyWhoHasSaidYesOrOnlyLooks() {
        berth.consent.answer = Optional.of(false);

        assertThat(berth.run("vm", "terminate", "web", "--yes")).isZero();
        assertThat(berth.run("vm", "terminate", "web", "--dry-run")).isZero();

        assertThat(berth.consent.questions).isEmpty();
    }

    @Test
    void terminateWantsToBeToldThatItIsMeant() {
        assertThat(berth.run("vm", "terminate", "web")).isEqualTo(ExitCode.USAGE.number());
        assertThat(berth.engine.machines.terminated).isEmpty();
        assertThat(berth.run("vm", "terminate", "web", "--dry-run")).isZero();
        assertThat(berth.engine.machines.terminated).isEmpty();

        assertThat(berth.run("vm", "terminate", "web", "--yes", "--host-is-dead", "h1"))
                .isZero();

        assertThat(berth.engine.machines.terminated).singleElement().satisfies(request -> {
            assertThat(request.vm()).isEqualTo("web");
            assertThat(request.deadHosts()).containsExactly(new HostRef("h1"));
        });
    }

    @Test
    void resumePassesOnHostAndDeadHosts() {
        berth.run("vm", "resume", "web", "--host", "h2", "--host-is-dead", "h1", "--host-is-dead", "h3");

        assertThat(berth.engine.machines.resumed).singleElement().satisfies(request -> {
            assertThat(request.host()).contains(new HostRef("h2"));
            assertThat(request.deadHosts()).isEqualTo(Set.of(new HostRef("h1"), new HostRef("h3")));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED,false,0",
        "SUCCEEDED_CLEANUP_PENDING,false,10",
        "FAILED,false,1",
        "PENDING,false,3",
        "FAILED,true,12"
    })
    void anOperationThatWasBegunEndsWithItsOwnCode(OperationState state, boolean memoryLost, int code) {
        var failure = state == OperationState.SUCCEEDED
                ? Optional.<Failure>empty()
                : Optional.of(Samples.failure(FailureKind.STORAGE));
        berth.engine.machines.outcome = (name, watch) -> Samples.report(name, state, failure, memoryLost);

        assertThat(berth.run("vm", "suspend", "web")).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "CALLER,2",
        "ENVIRONMENT,5",
        "STORAGE,1",
        "HYPERVISOR,1",
        "CONFLICT,4",
        "CANCELLED,6",
        "UNKNOWN_OUTCOME,3",
        "BUG,9"
    })
    void whatIsRefusedEndsWithTheCodeOfItsKind(FailureKind kind, int code) {
        berth.engine.machines.outcome = (name, watch) -> {
            throw Samples.failure(kind);
        };

        assertThat(berth.run("vm", "suspend", "web")).isEqualTo(code);
    }

    @Test
    void aFailureSaysWhatWhyWhereHowAndWhatToDoNext() {
        berth.engine.machines.outcome = (name, watch) ->
                Samples.report(name, OperationState.FAILED, Optional.of(Samples.failure(FailureKind.STORAGE)), false);

        berth.run("vm", "suspend", "web");

        assertThat(berth.output()).isEmpty();
        assertThat(berth.errors()).isEqualTo("""
                suspend of %s, operation 01jq0000000000abcd: not done, and undone
                berth: it went wrong
                  why:     because of the test
                  host:    h1
                  command: virsh save x
                  | first
                  | second
                  code:    test.failure
                  -> do something
                """.formatted(Samples.vm("web")));
    }

    @Test
    void theOthersAreTriedWhenOneFailsAndTheFirstFailureGivesTheCode() {
        berth.engine.machines.outcome = (name, watch) -> {
            if (name.equals("bad")) {
                throw Samples.failure(FailureKind.CONFLICT);
            }
            return Samples.report(name);
        };

        assertThat(berth.run("vm", "suspend", "a", "bad", "b")).isEqualTo(4);

        assertThat(berth.engine.machines.suspended)
                .extracting(request -> request.vm())
                .containsExactly("a", "bad", "b");
    }

    @Test
    void anUnexpectedExceptionIsABugAndNotAStackTrace() {
        berth.engine.machines.outcome = (name, watch) -> {
            throw new IllegalStateException("oops");
        };

        assertThat(berth.run("vm", "suspend", "web")).isEqualTo(9);

        assertThat(berth.errors()).contains("berth.broken", "oops").doesNotContain("\tat ");
    }

    @Test
    void progressIsForTerminalsOnlyAndLeavesNoTrace() {
        berth.engine.machines.outcome = (name, watch) -> {
            watch.events()
                    .accept(new EngineEvent.StepBegins(Samples.OPERATION, 1, "save", "write it", Direction.FORWARD));
            watch.events()
                    .accept(new EngineEvent.BytesMoved(
                            Samples.OPERATION, DataSize.ofMebibytes(50), DataSize.ofMebibytes(100)));
            return Samples.report(name);
        };

        berth.run("vm", "suspend", "web");
        assertThat(berth.errors()).isEmpty();

        berth.terminal = new Terminal(true, true, 80);
        berth.run("vm", "suspend", "web");
        assertThat(berth.errors()).contains("[############            ] 50.0M").endsWith("\r\u001b[K");
        assertThat(berth.output()).isEmpty();
    }

    @Test
    void checkpointsAreVerifiedAndDeletedAsAsked() {
        berth.run("checkpoint", "verify", "web", "--whole", "--host", "h2");
        berth.run("checkpoint", "delete", "web", "--lose-memory");

        assertThat(berth.engine.checkpoints.asked).containsExactly("verify web Optional[h2] true", "delete web true");
    }
}
