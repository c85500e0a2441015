package io.berth.opennebula.mad;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.journal.OperationState;
import io.berth.core.operation.MoveDirectoryRequest;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.storage.VmDirectory;
import io.berth.engine.testkit.FakeEngine;
import io.berth.engine.testkit.Samples;
import io.berth.opennebula.image.VmDisks;
import io.berth.opennebula.memory.DirectoryFolders;
import io.berth.opennebula.memory.GuestIds;
import io.berth.opennebula.shared.Datastores;
import io.berth.opennebula.standin.StandInOned;
import io.berth.opennebula.standin.StubSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The transfer manager has a directory taken along by Berth's engine where its datastore asks for that. */
@Timeout(120)
class MovedDirectoriesDriverTest {
    private static final UUID GUEST = UUID.fromString("4dea22b3-1d52-d8f3-2516-782e98ab3fa0");
    private static final String MOVE = "MV ssh n1:/d//1/5 n2:/d/1/5 5 1";
    private static final String DELETE = "DELETE ceph n1:/d/1/5 5 1";
    private static final String SAID = "LOG I -1 mv: Moving n1:/d/1/5 to n2:/d/1/5";

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private StubSite site;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "auto"})
    void theEngineIsAskedForItAndNoScript(String shared) throws IOException {
        assertThat(ask(shared, _ -> Optional.of(GUEST))).containsExactly(SAID, "TRANSFER SUCCESS 5 -");

        assertThat(engine.machines.moved).containsExactly(request(GUEST));
        assertThat(site.takeCalls()).isEmpty();
    }

    @Test
    void aVmThatTheCoreHasNoUuidOfIsKnownByItsName() throws IOException {
        engine.machines.views.add(Samples.running("one-5"));

        ask("no", _ -> Optional.empty());

        assertThat(engine.machines.moved)
                .containsExactly(request(Samples.vm("one-5").uuid()));
    }

    @Test
    void aVmThatNobodyKnowsHasTheSameNameEachTime() throws IOException {
        ask("no", _ -> Optional.empty());
        ask("no", _ -> Optional.empty());

        assertThat(engine.machines.moved).hasSize(2);
        assertThat(engine.machines.moved.get(0)).isEqualTo(engine.machines.moved.get(1));
    }

    @Test
    void whatIsRefusedIsToldWithItsReasonAndNoScriptStandsIn() throws IOException {
        engine.machines.outcome = (_, _) -> {
            throw Failure.of(FailureKind.CONFLICT, "directory.occupied", "the target has one, too")
                    .why("it is another")
                    .next("look at both")
                    .build();
        };

        assertThat(ask("auto", _ -> Optional.of(GUEST)))
                .containsExactly(
                        SAID,
                        "LOG E 5 the target has one, too: it is another [directory.occupied]",
                        "LOG I 5 look at both",
                        "TRANSFER FAILURE 5 the target has one, too: it is another");
        assertThat(site.takeCalls()).isEmpty();
    }

    /** Without a name that is the VM's own nobody could keep others from saving or restoring it meanwhile. */
    @Test
    void aCoreThatFallsSilentMeansThatNothingIsTouched() throws IOException {
        GuestIds silent = _ -> {
            throw Failure.of(FailureKind.ENVIRONMENT, "oned.no-answer", "the core gives no answer")
                    .next("start it")
                    .build();
        };

        assertThat(ask("no", silent).getLast()).isEqualTo("TRANSFER FAILURE 5 the core gives no answer");
        assertThat(engine.machines.moved).isEmpty();
        assertThat(site.takeCalls()).isEmpty();
    }

    @Test
    void whatIsDoneButForTidyingUpIsDone() throws IOException {
        engine.machines.outcome = (name, _) -> Samples.report(
                name,
                OperationState.SUCCEEDED_CLEANUP_PENDING,
                Optional.of(Samples.failure(FailureKind.ENVIRONMENT)),
                false);

        assertThat(ask("no", _ -> Optional.of(GUEST)).getLast()).isEqualTo("TRANSFER SUCCESS 5 -");
    }

    @Test
    void whatIsNotKnownIsNotAnsweredUntilItIs() throws IOException {
        var asked = new int[1];
        engine.machines.outcome = (name, _) -> asked[0]++ == 0
                ? Samples.report(
                        name, OperationState.PENDING, Optional.of(Samples.failure(FailureKind.UNKNOWN_OUTCOME)), false)
                : Samples.report(name);

        assertThat(ask("no", _ -> Optional.of(GUEST)))
                .anySatisfy(line -> assertThat(line).startsWith("LOG W 5 No answer until it is known"))
                .endsWith("TRANSFER SUCCESS 5 -");
        assertThat(asked[0]).isEqualTo(2);
    }

    /** What is missing at the source and there at the target would be found moved. */
    @ParameterizedTest
    @CsvSource({
        "/d/2, 'TRANSFER FAILURE 5 the VM''s directory can''t be moved: it is in /d/1, and Berth''s datastore vms is /d/2'",
        "/d/1, TRANSFER SUCCESS 5 -"
    })
    void anotherFoldersDirectoryOfThatNameIsNotTheVms(String folder, String answer) throws IOException {
        DirectoryFolders folders = name -> Optional.of(Path.of(folder)).filter(_ -> name.equals("vms"));

        assertThat(ask("no", _ -> Optional.of(GUEST), folders)).endsWith(answer);
    }

    /** Its old directory on a host that was away would be taken for the only one, and stay. */
    @Test
    void aDirectoryIsNotRemovedWhileAnEngineHasStillToTidyUpAfterItsVm() throws IOException {
        var uuid = Samples.vm("one-5").uuid();
        engine.upkeep.open.add(Samples.entry("one-5", OperationState.SUCCEEDED_CLEANUP_PENDING, "a host is away"));

        assertThat(ask(DELETE, "no", _ -> Optional.of(uuid), DirectoryFolders.untold())
                        .getLast())
                .startsWith("TRANSFER FAILURE 5 one-5 (" + uuid + ") has an unfinished suspend: ");
        assertThat(site.takeCalls()).isEmpty();

        engine.upkeep.open.clear();
        assertThat(ask(DELETE, "no", _ -> Optional.of(uuid), DirectoryFolders.untold())
                        .getLast())
                .isEqualTo("TRANSFER SUCCESS 5 -");
        assertThat(site.takeCalls()).hasSize(1);
    }

    /** OpenNebula's probe measures a folder where that file names a driver. */
    @ParameterizedTest
    @CsvSource({"NO, true", "YES, false"})
    void theHostMeasuresTheRoomOfItsFolderWhereOpenNebulaHasItMeasuredByHosts(String shared, boolean measured)
            throws IOException {
        var datastore = Files.createDirectories(folder.resolve("datastores/1"));

        assertThat(askToMoveIn(datastore, shared).getLast()).isEqualTo("TRANSFER SUCCESS 5 -");

        if (measured) {
            assertThat(datastore.resolve(".monitor")).hasContent("ssh\n");
        }
        try (var files = Files.list(datastore)) {
            assertThat(files).hasSize(measured ? 1 : 0);
        }
    }

    @Test
    void aMoveIsDoneAlsoWhereTheRoomCannotBeMeasured() throws IOException {
        assertThat(askToMoveIn(Path.of("/no/such/datastores/1"), "NO"))
                .anyMatch(line -> line.startsWith("LOG W 5 The room of /no/such/datastores/1 on n2 isn't measured"))
                .endsWith("TRANSFER SUCCESS 5 -");
    }

    private List<String> askToMoveIn(Path datastore, String shared) throws IOException {
        Datastores datastores =
                _ -> Optional.of(Map.of("DS_SHARED", "no", "BERTH_DIRECTORIES", "vms", "SHARED", shared));
        var settings = site.transferSettings(
                datastores, VmDisks.untold(), _ -> Optional.of(GUEST), DirectoryFolders.untold(), "-t 15 -d ssh");
        try (var oned = new StandInOned(settings, () -> engine)) {
            return oned.ask(site.transfer(5, "MV ssh n1:%1$s/5 n2:%1$s/5 5 1".formatted(datastore)));
        }
    }

    private List<String> ask(String shared, GuestIds guests) throws IOException {
        return ask(shared, guests, DirectoryFolders.untold());
    }

    private List<String> ask(String shared, GuestIds guests, DirectoryFolders folders) throws IOException {
        return ask(MOVE, shared, guests, folders);
    }

    private List<String> ask(String command, String shared, GuestIds guests, DirectoryFolders folders)
            throws IOException {
        Datastores datastores =
                id -> id == 1 ? Optional.of(Map.of("DS_SHARED", shared, "BERTH_DIRECTORIES", "vms")) : Optional.empty();
        var settings = site.transferSettings(datastores, VmDisks.untold(), guests, folders, "-t 15 -d ssh,ceph");
        try (var oned = new StandInOned(settings, () -> engine)) {
            return oned.ask(site.transfer(5, command));
        }
    }

    private static MoveDirectoryRequest request(UUID guest) {
        return new MoveDirectoryRequest(
                new VmRef(guest, "one-5"), new VmDirectory("vms", "5"), new HostRef("n1"), new HostRef("n2"));
    }
}
