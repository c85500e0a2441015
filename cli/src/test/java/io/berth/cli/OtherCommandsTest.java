package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.journal.OperationState;
import io.berth.core.operation.Leftover;
import io.berth.core.operation.Recovered;
import io.berth.core.run.RunResult;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.storage.CheckpointState;
import io.berth.engine.Finding;
import io.berth.engine.ScriptTest;
import io.berth.engine.testkit.Samples;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherCommandsTest {
    private final CommandLineFixture berth = new CommandLineFixture();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vm",
                "host",
                "checkpoint",
                "datastore",
                "operation",
                "domain",
                "storage",
                "mad",
                "completion"
            })
    void withoutAVerbThereIsHelpAndSuccess(String noun) {
        assertThat(noun.isEmpty() ? berth.run() : berth.run(noun)).isZero();

        assertThat(berth.output()).startsWith("Usage: berth " + noun);
        assertThat(berth.openedHome).hasToString("/never/opened");
    }

    @Test
    void versionIsPrinted() {
        assertThat(berth.run("--version")).isZero();

        assertThat(berth.output()).matches("berth \\d+\\.\\d+\\.\\d+\\S*\n");
    }

    @Test
    void anUnknownOptionNamesTheNearest() {
        assertThat(berth.run("vm", "suspend", "web", "--writter", "fast")).isEqualTo(2);

        assertThat(berth.errors()).contains("did you mean '--writer'?", "-> see 'berth vm suspend --help'");
    }

    @Test
    void aMissingNameIsAUsageError() {
        assertThat(berth.run("vm", "suspend")).isEqualTo(2);

        assertThat(berth.errors()).contains("berth vm suspend --help");
    }

    @Test
    void theHomeIsFoundBesideAnyLevelOfTheCommand() {
        berth.run("--home", "/one", "vm", "list");
        assertThat(berth.openedHome).isEqualTo(Path.of("/one"));

        berth.run("vm", "list", "--home", "/two");
        assertThat(berth.openedHome).isEqualTo(Path.of("/two"));

        berth.environment.put("BERTH_HOME", "/three");
        berth.run("vm", "list");
        assertThat(berth.openedHome).isEqualTo(Path.of("/three"));
    }

    @Test
    void whatSomethingElseSavedIsAdoptedForTheVmThatIsNamed() {
        var vm = "8f5b3e1c-0b0a-4c58-9a55-0f1e2d3c4b5a";
        assertThat(berth.run("checkpoint", "adopt", "rbd:one-sys-7-checkpoint", "--vm", vm, "--host", "h1"))
                .isZero();

        assertThat(berth.engine.checkpoints.asked).containsExactly("adopt rbd:one-sys-7-checkpoint " + vm);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one-sys-7-checkpoint --vm 8f5b3e1c-0b0a-4c58-9a55-0f1e2d3c4b5a --host h1",
                "rbd:a/b --vm 8f5b3e1c-0b0a-4c58-9a55-0f1e2d3c4b5a --host h1",
                "rbd:one --vm web --host h1",
                "rbd:one --host h1",
                "rbd:one --vm 8f5b3e1c-0b0a-4c58-9a55-0f1e2d3c4b5a"
            })
    void whatIsToBeAdoptedHasToBeToldWhole(String words) {
        assertThat(berth.run(("checkpoint adopt " + words).split(" "))).isEqualTo(2);

        assertThat(berth.errors()).contains("-> ");
        assertThat(berth.engine.checkpoints.asked).isEmpty();
    }

    @Test
    void aHostIsAddedUnderItsOwnNameUnlessAnAddressIsGiven() {
        berth.run("host", "add", "h1");
        berth.run("host", "add", "h2", "--address", "root@10.0.0.2");
        berth.run("host", "remove", "h2", "--only-forget");

        assertThat(berth.engine.hosts.asked).containsExactly("add h1 h1", "add h2 root@10.0.0.2", "remove h2 true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../etc", "a b", "$(reboot)", "-x\n"})
    void aHostileHostNameIsRefused(String name) {
        assertThat(berth.run("host", "add", "--", name)).isEqualTo(2);

        assertThat(berth.engine.hosts.asked).isEmpty();
    }

    @Test
    void hostCheckTellsEachFinding() {
        berth.engine.hosts.findings.add(Finding.good("connection", "answers"));
        assertThat(berth.run("host", "check", "h1")).isZero();
        assertThat(berth.output()).contains("connection good answers");

        berth.engine.hosts.findings.add(Finding.trouble("hypervisor", Samples.failure(FailureKind.HYPERVISOR)));
        assertThat(berth.run("host", "check", "h1")).isEqualTo(5);
        assertThat(berth.output()).contains("hypervisor bad ");
        assertThat(berth.errors()).contains("test.failure", "-> do something");
    }

    @Test
    void storageTestTellsWhichPromiseIsKept() {
        berth.engine.scripts.promises.add(new ScriptTest.Promise("one", Optional.empty(), Optional.empty()));
        berth.engine.scripts.promises.add(
                new ScriptTest.Promise("two", Optional.empty(), Optional.of("too few hosts")));
        assertThat(berth.run("storage", "test", "san")).isZero();
        assertThat(berth.output()).contains("one", "yes", "two", "untried", "too few hosts");

        berth.engine.scripts.promises.add(
                new ScriptTest.Promise("three", Optional.of(Samples.failure(FailureKind.STORAGE)), Optional.empty()));
        assertThat(berth.run("storage", "test", "san")).isEqualTo(1);
        assertThat(berth.output()).contains("three", "no", "do something");
    }

    @Test
    void showPrintsAVmAndACheckpointAndAnOperation() {
        berth.engine.machines.views.add(Samples.suspended("web"));
        assertThat(berth.run("vm", "show", "web")).isZero();
        assertThat(berth.output()).contains("NAME       : web", "STATE      : susp", "MEMORY     : 512.0M");

        berth.engine.checkpoints.entries.add(Samples.checkpoint("web", CheckpointState.COMPLETE));
        assertThat(berth.run("checkpoint", "show", Samples.VOLUME.name())).isZero();
        assertThat(berth.output()).contains("STATE           : COMPLETE, generation 1", "104.7M (109786112 bytes)");

        berth.engine.operations.entries.add(Samples.entry("web", OperationState.SUCCEEDED, ""));
        assertThat(berth.run("operation", "show", Samples.OPERATION.id())).isZero();
        assertThat(berth.output()).contains("STATE   : SUCCEEDED", "  1 pause", "  save: done {length=4096}");
    }

    @Test
    void whatIsUnknownIsACallersError() {
        assertThat(berth.run("vm", "show", "web")).isEqualTo(2);
        assertThat(berth.errors()).contains("vm.unknown");
    }

    @Test
    void cancellingAnOperationSucceedsWhenItWasUndone() {
        berth.engine.operations.entries.add(Samples.entry("web", OperationState.FAILED, "cancelled"));
        assertThat(berth.run("operation", "cancel", Samples.OPERATION.id())).isZero();

        berth.engine.operations.entries.set(0, Samples.entry("web", OperationState.PENDING, "silent"));
        assertThat(berth.run("operation", "cancel", Samples.OPERATION.id())).isEqualTo(3);
    }

    @Test
    void recoverTellsWhatWasFinishedUndoneAndLeftAlone() {
        var entry = Samples.entry("web", OperationState.ACTIVE, "");
        var undone = new RunResult(
                Samples.plan("web"),
                OperationState.FAILED,
                Optional.of(Samples.failure(FailureKind.ENVIRONMENT)),
                false);
        berth.engine.upkeep.recovered.add(new Recovered(entry, Optional.of(undone), Optional.empty()));
        assertThat(berth.run("recover", "--host-is-dead", "h1", "--rebuild")).isZero();
        assertThat(berth.output()).isEqualTo("01jq0000000000abcd suspend of " + Samples.vm("web") + ": undone\n");
        assertThat(berth.engine.upkeep.asked).containsExactly("rebuild", "recover [h1]");

        berth.engine.upkeep.recovered.set(
                0, new Recovered(entry, Optional.empty(), Optional.of(Samples.failure(FailureKind.CONFLICT))));
        assertThat(berth.run("recover")).isEqualTo(4);
        assertThat(berth.errors()).contains("left alone", "test.failure");
    }

    @Test
    void recoverSaysMemoryLostByItsName() {
        var lost = new RunResult(
                Samples.plan("web"),
                OperationState.FAILED,
                Optional.of(Samples.failure(FailureKind.ENVIRONMENT)),
                true);
        berth.engine.upkeep.recovered.add(
                new Recovered(Samples.entry("web", OperationState.ACTIVE, ""), Optional.of(lost), Optional.empty()));

        assertThat(berth.run("recover")).isEqualTo(12);

        assertThat(berth.errors()).contains("MEMORY_LOST");
    }

    @Test
    void recoverWithDryRunOnlyNamesWhatIsOpen() {
        berth.engine.upkeep.open.add(Samples.entry("web", OperationState.PENDING, "h1 is silent"));

        assertThat(berth.run("recover", "--dry-run")).isZero();

        assertThat(berth.output()).contains("PENDING, h1 is silent");
        assertThat(berth.engine.upkeep.asked).isEmpty();
    }

    @Test
    void garbageIsReportedAndOnlyDeletedWhenAsked() {
        berth.engine.upkeep.leftovers.add(new Leftover(
                Samples.VOLUME,
                Leftover.Verdict.CONSUMED,
                Optional.of(Samples.vm("web")),
                DataSize.ofMebibytes(3),
                false,
                "'berth gc --delete' removes it"));

        berth.run("gc");
        assertThat(berth.output()).contains("consumed web 3.0M no   'berth gc --delete' removes it");
        berth.run("gc", "--delete");
        assertThat(berth.engine.upkeep.asked).containsExactly("gc false", "gc true");
    }

    @Test
    void garbageCollectionSaysWhomItCouldNotAsk() {
        berth.engine.upkeep.silent.add(
                Failure.of(FailureKind.ENVIRONMENT, "host.unreachable", "host h2 can't be reached")
                        .next("look at it")
                        .build());

        berth.run("gc");

        assertThat(berth.errors()).contains("host h2 can't be reached");
    }

    @Test
    void explainShowsWhatEachTransformationDid() {
        berth.engine.machines.changes.add(new DefinitionChange("pin-cpu", "<a/>\n<b/>", "<a/>\n<b/>"));
        berth.engine.machines.changes.add(new DefinitionChange("discard", "<a/>\n<b/>", "<a/>\n<c/>\n<b/>"));

        assertThat(berth.run("domain", "explain", "web")).isZero();
        assertThat(berth.output()).isEqualTo("pin-cpu: nothing to do\ndiscard: changed\n  + <c/>\n");

        berth.run("domain", "explain", "web", "--xml", "--phase", "deploy");
        assertThat(berth.output()).isEqualTo("<a/>\n<c/>\n<b/>\n");

        assertThat(berth.run("domain", "explain", "web", "--phase", "lunch")).isEqualTo(2);
    }

    @Test
    void completionKnowsEveryCommandAndAsksBerthForNames() {
        berth.run("completion", "bash");

        assertThat(berth.output())
                .contains(
                        "host vm checkpoint datastore operation domain storage mad opennebula completion recover gc doctor",
                        "vm) words=\"list show suspend resume stop start migrate terminate\" ;;",
                        "\"vm suspend\") __berth_names vm list NAME ;;",
                        "\"operation cancel\") __berth_names operation list ID ;;")
                .doesNotContain("__berth_names opennebula", "__berth_names mad")
                .doesNotContainPattern("@[A-Z]+@");
    }
}
