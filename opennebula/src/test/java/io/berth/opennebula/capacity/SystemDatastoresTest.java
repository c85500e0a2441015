package io.berth.opennebula.capacity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.Capacity;
import io.berth.driver.storage.CheckpointState;
import io.berth.engine.DatastoreView;
import io.berth.engine.testkit.FakeEngine;
import io.berth.engine.testkit.Samples;
import io.berth.opennebula.oned.Oned;
import io.berth.opennebula.options.SiteFolders;
import io.berth.opennebula.testkit.Descriptions;
import io.berth.opennebula.testkit.Descriptions.Stay;
import io.berth.opennebula.testkit.StandInCore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script of the storage driver and the core are stand-ins. */
@Timeout(60)
class SystemDatastoresTest {
    private static final Map<String, String> BESIDE = Map.of("BERTH_CAPACITY", "beside", "BERTH_DATASTORE", "fast");
    private static final int RUNNING = 3;
    private static final int ACTIVE = 3;

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private StandInCore core;
    private Path script;

    @BeforeEach
    void makeSite() throws IOException {
        core = new StandInCore();
        script = folder.resolve("remotes/tm/qcow2/monitor.before-berth");
        Files.createDirectories(script.getParent());
        says("USED_MB=30 FREE_MB=70 TOTAL_MB=100");
        var room = new Capacity(DataSize.ofMebibytes(900), DataSize.ofMebibytes(400));
        engine.datastores.views.add(new DatastoreView("fast", "loop", List.of(Samples.HOST), Optional.of(room)));
        vms(vm(5, 100), vm(6, 101));
    }

    @AfterEach
    void close() throws IOException {
        core.close();
    }

    @Test
    void aDatastoreThatDoesNotAskIsToldWhatItsDriverSays() throws IOException {
        engine.checkpoints.entries.add(Samples.checkpoint("one-5", CheckpointState.COMPLETE));

        assertThat(room(Map.of())).isEqualTo("TOTAL_MB=100\nUSED_MB=30\nFREE_MB=70\n");
        assertThat(core.calls()).isEmpty();
    }

    /** 107213 KiB are 105 MiB. */
    @Test
    void checkpointsBesideCountAsUsedAndTakeNothingOfWhatIsFree() throws IOException {
        engine.checkpoints.entries.add(Samples.checkpoint("one-5", CheckpointState.COMPLETE));

        assertThat(room(BESIDE)).isEqualTo("""
                TOTAL_MB=205
                USED_MB=135
                FREE_MB=70
                BERTH_CHECKPOINTS_MB=105
                BERTH_CHECKPOINTS_FREE_MB=400
                """);
    }

    /** Several datastores of OpenNebula may keep memory on one of Berth's. */
    @Test
    void aCheckpointCountsForTheDatastoreOfItsVmAlone() throws IOException {
        engine.checkpoints.entries.add(Samples.checkpoint("one-6", CheckpointState.COMPLETE));
        engine.checkpoints.entries.add(Samples.checkpoint("nobody-knows", CheckpointState.COMPLETE));

        assertThat(room(BESIDE)).contains("USED_MB=30\n", "BERTH_CHECKPOINTS_MB=0\n");
    }

    @Test
    void anotherOpenNebulasVmOfThatNumberIsNotOurs() throws IOException {
        engine.checkpoints.entries.add(Samples.checkpoint("one-5", CheckpointState.COMPLETE));
        vms(Descriptions.vm(
                5, ACTIVE, RUNNING, "4dea22b3-1d52-d8f3-2516-782e98ab3fa0", List.of(new Stay("h1", "berth-kvm", 100))));

        assertThat(room(BESIDE)).contains("BERTH_CHECKPOINTS_MB=0\n");
    }

    /** Older releases' scripts tell the sizes of disks along. */
    @Test
    void whatElseTheScriptSaysIsHandedOn() throws IOException {
        says("USED_MB=30\nFREE_MB=70\nTOTAL_MB=100\nVM=[ID=5,POLL=\"DISK_SIZE=[ID=0,SIZE=7] \"]");

        assertThat(room(Map.of()))
                .isEqualTo("TOTAL_MB=100\nUSED_MB=30\nFREE_MB=70\nVM=[ID=5,POLL=\"DISK_SIZE=[ID=0,SIZE=7] \"]\n");
    }

    @Test
    void theScriptIsAskedAsTheCoreAskedForIt() throws IOException {
        script("printf '%s|' \"$@\" >\"$0.seen\"; cat >>\"$0.seen\"; echo TOTAL_MB=3 FREE_MB=2 USED_MB=1");

        room(Map.of());

        assertThat(script.resolveSibling("monitor.before-berth.seen"))
                .content()
                .isEqualTo("100|" + message(100, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "TOTAL_MB=100 USED_MB=30",
                "TOTAL_MB=100 USED_MB=30 FREE_MB=",
                "TOTAL_MB=100 USED_MB=30 FREE_MB=-70",
                "TOTAL_MB=100 USED_MB=30 FREE_MB=7e1",
                "TOTAL_MB=100 USED_MB=30 FREE_MB=101",
                "TOTAL_MB=100 USED_MB=30 FREE_MB=70 FREE_MB=70",
                "TOTAL_MB=9223372036854775808 USED_MB=30 FREE_MB=70",
                "TOTAL_MB=1000000000000000 USED_MB=30 FREE_MB=70",
                "xTOTAL_MB=100 USED_MB=30 FREE_MB=70",
                "ssh: no route to host"
            })
    void garbageIsNoFigure(String said) throws IOException {
        says(said);

        assertThat(failure(BESIDE).code()).isEqualTo("capacity.garbled");
        assertThat(failure(Map.of()).kind()).isEqualTo(FailureKind.ENVIRONMENT);
    }

    @Test
    void aScriptThatFailsIsBelievedInNothing() throws IOException {
        script("echo TOTAL_MB=100 USED_MB=30 FREE_MB=70; echo 'no answer' >&2; exit 3");

        assertThat(failure(Map.of()).code()).isEqualTo("capacity.script-failed");
        assertThat(failure(Map.of()).output()).containsExactly("no answer");
    }

    @Test
    void anEndlessAnswerIsNone() throws IOException {
        script("echo TOTAL_MB=100 USED_MB=30 FREE_MB=70; head -c 2000000 /dev/zero | tr '\\0' x");

        assertThat(failure(Map.of()).code()).isEqualTo("capacity.script-failed");
    }

    @Test
    void withoutTheSitesScriptNothingIsKnown() throws IOException {
        Files.delete(script);

        assertThat(failure(Map.of()).code()).isEqualTo("capacity.no-script");
    }

    @Test
    void aStorageThatIsSilentIsNotTakenForAnEmptyOne() throws IOException {
        engine.checkpoints.silent.add(Samples.failure(FailureKind.ENVIRONMENT));
        assertThat(failure(BESIDE).code()).isEqualTo("capacity.silent");
        engine.checkpoints.silent.clear();

        engine.datastores.views.set(0, new DatastoreView("fast", "loop", List.of(), Optional.empty()));
        assertThat(failure(BESIDE).code()).isEqualTo("capacity.silent");
    }

    @Test
    void aCoreThatIsSilentIsNotTakenForOneWithoutVms() throws IOException {
        core.refuses("one.vmpool.info -2 0 -100 -1", 0x800, "database is locked");

        assertThat(failure(BESIDE).code()).startsWith("oned.");
    }

    @Test
    void aDatastoreOfBerthsThatThereIsNotIsTold() throws IOException {
        assertThat(failure(Map.of("BERTH_CAPACITY", "beside")).code()).isEqualTo("capacity.no-datastore");
        assertThat(failure(Map.of("BERTH_CAPACITY", "beside", "BERTH_DATASTORE", "slow"))
                        .code())
                .isEqualTo("capacity.no-datastore");
    }

    @ParameterizedTest
    @CsvSource({
        "%%%, message.not-base64",
        "PGE+, xml.malformed",
        "PGEvPg==, message.no-datastore",
        "PERTX0RSSVZFUl9BQ1RJT05fREFUQT48REFUQVNUT1JFPjxJRD4tMTwvSUQ+PC9EQVRBU1RPUkU+PC9EU19EUklWRVJfQUNUSU9OX0RBVEE+,"
                + " message.no-datastore"
    })
    void aMessageThatIsNoneIsRefused(String payload, String code) {
        assertThat(failure("100", payload).code()).isEqualTo(code);
    }

    @Test
    void aMessageAboutAnotherDatastoreIsRefused() throws IOException {
        assertThat(failure("101", message(100, Map.of())).code()).isEqualTo("capacity.input");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../qcow2", "..", "-x", "qcow2/.", ""})
    void aDriverThatLeadsElsewhereHasNoScript(String driver) throws IOException {
        var payload = encode(Descriptions.datastore(100, 1, driver, Map.of()));

        assertThat(failure("100", payload).code()).isEqualTo("capacity.no-script");
    }

    private String room(Map<String, String> attributes) throws IOException {
        return room("100", message(100, attributes));
    }

    private String room(String datastore, String payload) throws IOException {
        var environment = core.environment(folder);
        return new SystemDatastores(new SiteFolders(folder.toString()), () -> engine, () -> Oned.find(environment))
                .room(datastore, new ByteArrayInputStream((payload + "\n").getBytes(UTF_8)));
    }

    private Failure failure(Map<String, String> attributes) {
        return failure("100", message(100, attributes));
    }

    private Failure failure(String datastore, String payload) {
        return catchThrowableOfType(Failure.class, () -> room(datastore, payload));
    }

    private static String message(int datastore, Map<String, String> attributes) {
        return encode(Descriptions.datastore(datastore, 1, "qcow2", attributes));
    }

    private static String encode(String datastore) {
        var text = "<DS_DRIVER_ACTION_DATA>" + datastore
                + "<DATASTORE_LOCATION>/var/lib/one//datastores</DATASTORE_LOCATION></DS_DRIVER_ACTION_DATA>";
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private void vms(String... vms) {
        core.says("one.vmpool.info -2 0 -100 -1", Descriptions.pool("VM_POOL", vms));
        core.says("one.vmpool.info -2 " + vms.length + " -100 -1", Descriptions.pool("VM_POOL"));
    }

    private static String vm(int id, int datastore) {
        var uuid = Samples.vm("one-" + id).uuid().toString();
        return Descriptions.vm(id, ACTIVE, RUNNING, uuid, List.of(new Stay("h1", "berth-kvm", datastore)));
    }

    private void says(String text) throws IOException {
        script("printf '%s\\n' '" + text + "'");
    }

    private void script(String body) throws IOException {
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
