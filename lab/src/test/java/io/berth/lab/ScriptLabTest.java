package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.OperationId;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.files.FolderSettings;
import io.berth.storage.script.ScriptSettings;
import io.berth.storage.script.ScriptStorage;
import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;
import io.berth.tck.TriedOn;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The published suite over the example's scripts: real hosts, real loop devices; and scripts that never end. */
@TriedOn("two hosts, the example's scripts")
@ExtendWith(LabExtension.class)
class ScriptLabTest extends StorageDriverBehaviour {
    private static final StorageCapabilities EXAMPLE = new StorageCapabilities(true, false, true, true, false);

    private final Lab lab;
    private final HostTransport transport;

    ScriptLabTest(Lab lab, HostTransport transport) {
        this.lab = lab;
        this.transport = transport;
    }

    @BeforeEach
    void copyTheExample() {
        scripts().copy();
    }

    @AfterEach
    void removeTheExample() {
        scripts().remove();
    }

    private ExampleScripts scripts() {
        return new ExampleScripts(lab, "storage-scripts");
    }

    @Override
    protected StorageWorld openWorld() {
        return new RealStorageWorld(lab, this::driver);
    }

    private StorageDriver driver(FolderSettings folder) {
        var settings = new ScriptSettings(
                folder.datastore(),
                scripts().folder(),
                folder.hosts(),
                List.of(),
                folder.folder(),
                new TreeMap<>(Map.of("folder", folder.folder())),
                EXAMPLE);
        return new ScriptStorage(settings, transport, Clock.systemUTC());
    }

    @Test
    void ofAScriptThatNeverEndsItIsUnknownWhatItDidAndItIsEnded() {
        try (var world = openWorld()) {
            var volume = new VolumeRef(world.datastore(), "berth-endless");
            var call = world.call(new OperationId("endless1"));
            var impatient =
                    new Call(call.token(), Duration.ofSeconds(1), Call.STALL, call.progress(), call.cancellation());
            scripts().replace("create", "echo $$ >\"${0%/*}/pid\"; exec sleep 1000");

            var failure = catchThrowableOfType(
                    Failure.class, () -> world.driver().volumes().create(impatient, volume, new DataSize(1)));

            assertThat(failure.isUnknownOutcome()).isTrue();
            assertThat(failure.code()).isEqualTo("host.deadline");
            var process =
                    lab.in("h1", "cat", scripts().folder() + "/pid").orFail().output();
            assertThat(lab.in("h1", "test", "-d", "/proc/" + process).exitCode())
                    .isNotZero();
        }
    }

    @Test
    void aScriptThatDiesByASignalIsAskedAfter() {
        try (var world = openWorld()) {
            var volume = new VolumeRef(world.datastore(), "berth-killed");
            scripts().replace("create", "truncate --size \"$2\" \"$BERTH_PARAMETER_FOLDER/$1.img\"; kill -9 $$");

            var made =
                    world.driver().volumes().create(world.call(new OperationId("killed01")), volume, new DataSize(1));

            assertThat(made.size()).isEqualTo(DataSize.ofMebibytes(1));
        }
    }
}
