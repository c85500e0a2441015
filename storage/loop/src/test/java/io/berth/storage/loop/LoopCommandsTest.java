package io.berth.storage.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.FencingToken;
import io.berth.driver.OperationId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopCommandsTest {
    private static final Call CALL = Call.of(new FencingToken(FakeWorld.VM, 3, new OperationId("abcdefgh")));
    private static final String FILE = "/srv/a b/$(x)/berth-1.img";

    @Test
    void pathsGoIntoArgumentsAsTheyAre() {
        assertThat(LoopCommands.makeVolume(CALL, FILE, DataSize.ofMebibytes(2)).argv())
                .containsExactly("berth-host", "make-volume", FILE, "2097152");
        assertThat(LoopCommands.growVolume(CALL, FILE, new DataSize(5)).argv())
                .containsExactly("berth-host", "grow-volume", FILE, "5");
        assertThat(LoopCommands.remove(CALL, FILE).argv()).containsExactly("berth-host", "remove", FILE);
        assertThat(LoopCommands.read(FILE).argv()).containsExactly("berth-host", "read", FILE);
        assertThat(LoopCommands.room("/srv").argv()).containsExactly("berth-host", "room", "/srv");
        assertThat(LoopCommands.list("/srv", line -> {}).argv()).containsExactly("berth-host", "list", "/srv");
        assertThat(LoopCommands.gather("/srv", List.of(".a", ".b"), line -> {}).argv())
                .containsExactly("berth-host", "gather", "/srv", ".a", ".b");
    }

    @Test
    void whatChangesSomethingPassesTheGuardAndWhatLooksDoesNot() {
        var content = "x".getBytes(StandardCharsets.UTF_8);
        assertThat(List.of(
                        LoopCommands.makeVolume(CALL, FILE, DataSize.ZERO),
                        LoopCommands.growVolume(CALL, FILE, DataSize.ZERO),
                        LoopCommands.remove(CALL, FILE),
                        LoopCommands.createOnce(CALL, FILE, content),
                        LoopCommands.replace(CALL, FILE, content)))
                .allSatisfy(command -> assertThat(command.token()).contains(CALL.token()));
        assertThat(List.of(
                        LoopCommands.read(FILE),
                        LoopCommands.room(FILE),
                        LoopCommands.list(FILE, line -> {}),
                        LoopCommands.gather(FILE, List.of(), line -> {})))
                .allSatisfy(command -> assertThat(command.token()).isEmpty());
    }

    @Test
    void ledgerFilesGetTheirContentByStandardInput() {
        var content = "operation=abcdefgh\n".getBytes(StandardCharsets.UTF_8);

        assertThat(LoopCommands.createOnce(CALL, FILE, content).argv())
                .containsExactly("berth-host", "create-once", FILE);
        assertThat(LoopCommands.createOnce(CALL, FILE, content).stdin()).isEqualTo(content);
        assertThat(LoopCommands.replace(CALL, FILE, content).argv()).containsExactly("berth-host", "replace", FILE);
        assertThat(LoopCommands.replace(CALL, FILE, content).stdin()).isEqualTo(content);
    }
}
