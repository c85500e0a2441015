package io.berth.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.Operations;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.StartRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.operation.TerminateRequest;
import io.berth.core.run.RunOptions;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.simulator.fault.Scenario.Task;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can't be done is refused with what to do next: nothing is begun, and the VM is as it was. */
final class RefusalsTest {
    private static final String NAME = "guest";

    /** What somebody asks for. */
    interface Wish extends BiFunction<Operations, RunOptions, RunResult> {}

    private static Wish suspend(String name) {
        return (operations, options) -> operations.suspend(SuspendRequest.of(name), options);
    }

    private static Wish stop(String name) {
        return (operations, options) -> operations.stop(SuspendRequest.of(name), options);
    }

    private static Wish resume(String name, HostRef host) {
        return (operations, options) ->
                operations.resume(new ResumeRequest(name, Optional.of(host), Set.of()), options);
    }

    private static Wish start(String name) {
        return (operations, options) -> operations.start(new StartRequest(name, Optional.empty(), Set.of()), options);
    }

    private static Wish migrate(String name, HostRef host, MigrationMode mode) {
        return (operations, options) -> operations.migrate(MigrateRequest.of(name, host, mode), options);
    }

    private static Wish terminate(String name) {
        return (operations, options) -> operations.terminate(TerminateRequest.of(name), options);
    }

    private static Wish verify(String name) {
        return (operations, options) -> operations.verify(name, Stage.SECOND, false, options);
    }

    private static Wish delete(String name) {
        return (operations, options) -> operations.delete(name, true, options);
    }

    private static Arguments told(String what, Task stage, Wish wish, String code) {
        return Arguments.of(what, stage, wish, code);
    }

    static Stream<Arguments> refused() {
        var nowhere = new HostRef("nowhere");
        return Stream.of(
                told("suspend what nobody knows", Task.SUSPEND, suspend("stranger"), "vm.unknown"),
                told("stop what nobody knows", Task.SUSPEND, stop("stranger"), "vm.unknown"),
                told("resume what nobody knows", Task.SUSPEND, resume("stranger", Stage.FIRST), "checkpoint.unknown"),
                told("start what nobody knows", Task.SUSPEND, start("stranger"), "checkpoint.unknown"),
                told("terminate what nobody knows", Task.SUSPEND, terminate("stranger"), "vm.unknown"),
                told("verify what nobody knows", Task.SUSPEND, verify("stranger"), "checkpoint.unknown"),
                told("delete what nobody knows", Task.SUSPEND, delete("stranger"), "checkpoint.unknown"),
                told(
                        "migrate what nobody knows",
                        Task.SUSPEND,
                        migrate("stranger", Stage.SECOND, MigrationMode.BEST),
                        "vm.unknown"),
                told("suspend what is suspended", Task.RESUME_OTHER_HOST, suspend(NAME), "vm.suspended"),
                told("stop what is suspended", Task.RESUME_OTHER_HOST, stop(NAME), "vm.suspended"),
                told(
                        "migrate what is suspended",
                        Task.RESUME_OTHER_HOST,
                        migrate(NAME, Stage.SECOND, MigrationMode.BEST),
                        "vm.suspended"),
                told("resume what runs", Task.SUSPEND, resume(NAME, Stage.SECOND), "checkpoint.unknown"),
                told("resume to no host", Task.RESUME_OTHER_HOST, resume(NAME, nowhere), "host.unknown"),
                told("migrate to no host", Task.SUSPEND, migrate(NAME, nowhere, MigrationMode.BEST), "host.unknown"),
                told(
                        "migrate live to where it is",
                        Task.SUSPEND,
                        migrate(NAME, Stage.FIRST, MigrationMode.LIVE),
                        "migrate.same-host"),
                told(
                        "migrate through a checkpoint to where it is",
                        Task.SUSPEND,
                        migrate(NAME, Stage.FIRST, MigrationMode.COLD),
                        "migrate.same-host"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void itIsToldAndNothingIsTouched(String what, Task task, Wish wish, String code) {
        var stage = new Stage(new Scenario(task, MemoryWriter.STREAM, true, true, true, false), Variation.NONE, 1);
        var begun = stage.journal().operations().size();
        var engine = stage.engines().start(stage.calm());

        assertThatThrownBy(() ->
                        wish.apply(engine.operations(), engine.operations().options()))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(code);
                    assertThat(failure.next()).isNotEmpty();
                });

        engine.process().die();
        assertThat(stage.journal().operations()).hasSize(begun);
        stage.checker().end(stage.expectation(Set.of()));
        assertThat(stage.checker().violations()).isEmpty();
    }

    /** It says so as often as it is asked, and the guest that was made of it goes on. */
    @ParameterizedTest
    @MethodSource("usingAgain")
    void aCheckpointThatWasUsedIsNotUsedAgain(Wish again) {
        var stage = new Stage(
                new Scenario(Task.RESUME_OTHER_HOST, MemoryWriter.STREAM, true, true, true, false), Variation.NONE, 1);
        var engine = stage.engines().start(stage.calm());
        assertThat(stage.ask(engine, Set.of()).succeeded()).isTrue();

        assertThatThrownBy(() ->
                        again.apply(engine.operations(), engine.operations().options()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.next()).isNotEmpty());

        engine.process().die();
        stage.checker().end(stage.expectation(Set.of()));
        assertThat(stage.checker().violations()).isEmpty();
    }

    static Stream<Wish> usingAgain() {
        return Stream.of(resume(NAME, Stage.FIRST), resume(NAME, Stage.SECOND), start(NAME), verify(NAME));
    }
}
