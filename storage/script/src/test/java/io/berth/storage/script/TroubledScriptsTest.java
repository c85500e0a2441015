package io.berth.storage.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.OperationId;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.files.Records;
import io.berth.tck.Trouble;
import io.berth.tck.TroubledTransport;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A checkpoint lives its whole life while one call of one script goes wrong; the script itself is as it should be. */
class TroubledScriptsTest {
    private static final DataSize SIZE = DataSize.ofMebibytes(2);
    private static final int TRIES = 3;

    private final AtomicReference<TroubledTransport> troubled = new AtomicReference<>();

    static Stream<Arguments> troubles() {
        return Stream.of("create", "attach", "detach", "delete")
                .flatMap(script -> Arrays.stream(Trouble.values()).map(trouble -> Arguments.of(script, trouble)));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void aCallThatGoesWrongCostsNothing(String script, Trouble trouble) {
        try (var world = new StandInWorld((hosts, sound) -> trouble(hosts, sound, script, trouble))) {
            var volume = new VolumeRef(world.datastore(), "berth-one");
            Call call = world.call(new OperationId("abcdefgh"));
            var driver = world.driver();

            insist(() -> driver.ledger().advance(call, volume, 1, CheckpointState.ALLOCATED));
            insist(() -> driver.ledger().describe(call, Records.plain(volume)));
            insist(() -> driver.volumes().create(call, volume, SIZE));
            insist(() -> driver.attachments().attach(call, volume, world.first()));
            insist(() -> assertThat(driver.attachments().hosts(volume)).containsExactly(world.first()));
            insist(() -> driver.attachments().detach(call, volume, world.first()));
            insist(() -> assertThat(driver.attachments().hosts(volume)).isEmpty());
            insist(() -> driver.ledger().advance(call, volume, 1, CheckpointState.CONSUMED));
            insist(() -> driver.volumes().delete(call, volume));

            assertThat(troubled.get().hasStruck()).isTrue();
            assertThat(driver.volumes().list()).isEmpty();
            assertThat(driver.ledger().list()).isEmpty();
        }
    }

    private HostTransport trouble(StandInHosts hosts, HostTransport sound, String script, Trouble trouble) {
        troubled.set(TroubledTransport.at(hosts.scripts.resolve(script).toString(), sound, trouble));
        return troubled.get();
    }

    private static void insist(Runnable deed) {
        for (var tries = 1; ; tries++) {
            try {
                deed.run();
                return;
            } catch (Failure failure) {
                assertThat(failure.next()).isNotBlank();
                if (tries == TRIES) {
                    throw failure;
                }
            }
        }
    }
}
