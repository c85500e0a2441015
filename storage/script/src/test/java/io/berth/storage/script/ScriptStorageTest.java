package io.berth.storage.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.files.Records;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptStorageTest {
    private static final StorageCapabilities PLAIN = new StorageCapabilities(true, false, false, true, false);
    private static final OperationId OPERATION = new OperationId("abcdefgh");
    private static final String NOTES = """
            #!/bin/sh
            env | sort | grep '^BERTH_' >"${0%/*}/../environment"
            for word in "$@"; do echo "$word"; done >"${0%/*}/../arguments"
            exec "$0.sound" "$@"
            """;

    @Test
    void whatASiteWritesReachesTheScriptsAsItIs() {
        var hostile = "a b; touch /tmp/x $(id) `id` 'q' \"q\" \\ * ~ é =";
        try (var world = new StandInWorld(PLAIN, List.of(), Map.of("tier-one", hostile))) {
            world.hosts.rename("create", "create.sound");
            world.hosts.replace("create", NOTES);

            world.driver()
                    .volumes()
                    .create(world.call(OPERATION), new VolumeRef(world.datastore(), "berth-one"), new DataSize(1));

            assertThat(world.hosts.noted("environment"))
                    .contains(
                            "BERTH_CONTRACT=1",
                            "BERTH_DATASTORE=" + world.datastore(),
                            "BERTH_EPOCH=1",
                            "BERTH_OPERATION=abcdefgh",
                            "BERTH_PARAMETER_TIER_ONE=" + hostile,
                            "BERTH_VM=" + Records.VM.uuid());
            assertThat(world.hosts.noted("arguments")).containsExactly("berth-one", "1048576");
        }
    }

    @Test
    void scriptsThatRunOnOneMachineRunOnNoOther() {
        try (var world = new StandInWorld(PLAIN, List.of(new HostRef("front")), Map.of())) {
            world.driver().volumes().list();
            world.driver().attachments().hosts(new VolumeRef(world.datastore(), "berth-one"));

            assertThat(world.transport.commands())
                    .filteredOn(command -> command.contains(world.hosts.scripts.toString()))
                    .hasSize(3)
                    .allMatch(command -> command.startsWith("front "));
        }
    }

    @Test
    void theNextMachineAnswersForOneThatIsOff() {
        try (var world = new StandInWorld()) {
            world.transport.unreachable.add(world.first());

            assertThat(world.driver().volumes().list()).isEmpty();
            assertThat(world.driver().attachments().hosts(new VolumeRef(world.datastore(), "berth-one")))
                    .isEmpty();
        }
    }

    @Test
    void whatIsSoAlreadyIsNotAskedFor() {
        try (var world = new StandInWorld()) {
            var volume = new VolumeRef(world.datastore(), "berth-one");
            var call = world.call(OPERATION);
            world.driver().volumes().create(call, volume, new DataSize(1));
            world.driver().attachments().attach(call, volume, world.first());
            world.transport.forgetCommands();

            world.driver().volumes().create(call, volume, new DataSize(1));
            world.driver().attachments().attach(call, volume, world.first());
            world.driver().attachments().detach(call, volume, world.second());
            world.driver().volumes().delete(call, new VolumeRef(world.datastore(), "berth-two"));

            assertThat(world.transport.commands())
                    .noneMatch(command -> command.matches(".*/storage/(create|attach|detach|delete)\\W.*"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Tier", "a_b", "a b", "a=b", "1a", "é"})
    void aParameterIsCalledByAPlainName(String name) {
        var failure = catchThrowableOfType(Failure.class, () -> settings("/scripts", name, "x"));

        assertThat(failure.code()).isEqualTo("datastore.bad-settings");
    }

    @Test
    void aParameterHasOneLine() {
        assertThat(catchThrowableOfType(Failure.class, () -> settings("/scripts", "a", "x\ny"))
                        .code())
                .isEqualTo("datastore.bad-settings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "scripts", "/a\nb"})
    void theFolderOfScriptsIsAnAbsolutePath(String folder) {
        assertThat(catchThrowableOfType(Failure.class, () -> settings(folder, "a", "x"))
                        .code())
                .isEqualTo("datastore.bad-settings");
    }

    private static ScriptSettings settings(String folder, String parameter, String value) {
        return new ScriptSettings(
                "san",
                folder,
                List.of(new HostRef("h1")),
                List.of(),
                "/ledger",
                new TreeMap<>(Map.of(parameter, value)),
                PLAIN);
    }
}
