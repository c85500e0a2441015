package io.berth.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.FencingToken;
import io.berth.driver.OperationId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileCommandsTest {
    private static final Call CALL = Call.of(new FencingToken(Records.VM, 3, new OperationId("abcdefgh")));
    private static final String FILE = "/srv/a b/$(x)/berth-1.img";

    @Test
    void pathsGoIntoArgumentsAsTheyAre() {
        assertThat(FileCommands.makeVolume(CALL, FILE, DataSize.ofMebibytes(2)).argv())
                .containsExactly("berth-host", "make-volume", FILE, "2097152");
        assertThat(FileCommands.growVolume(CALL, FILE, new DataSize(5)).argv())
                .containsExactly("berth-host", "grow-volume", FILE, "5");
        assertThat(FileCommands.remove(CALL, FILE).argv()).containsExactly("berth-host", "remove", FILE);
        assertThat(FileCommands.read(FILE).argv()).containsExactly("berth-host", "read", FILE);
        assertThat(FileCommands.room("/srv").argv()).containsExactly("berth-host", "room", "/srv");
        assertThat(FileCommands.list("/srv", line -> {}).argv()).containsExactly("berth-host", "list", "/srv");
        assertThat(FileCommands.gather("/srv", List.of(".a", ".b"), line -> {}).argv())
                .containsExactly("berth-host", "gather", "/srv", ".a", ".b");
    }

    @Test
    void whatChangesSomethingPassesTheGuardAndWhatLooksDoesNot() {
        var content = "x".getBytes(StandardCharsets.UTF_8);
        assertThat(List.of(
                        FileCommands.makeVolume(CALL, FILE, DataSize.ZERO),
                        FileCommands.growVolume(CALL, FILE, DataSize.ZERO),
                        FileCommands.remove(CALL, FILE),
                        FileCommands.createOnce(CALL, FILE, content),
                        FileCommands.replace(CALL, FILE, content)))
                .allSatisfy(command -> assertThat(command.token()).contains(CALL.token()));
        assertThat(List.of(
                        FileCommands.read(FILE),
                        FileCommands.room(FILE),
                        FileCommands.list(FILE, line -> {}),
                        FileCommands.gather(FILE, List.of(), line -> {})))
                .allSatisfy(command -> assertThat(command.token()).isEmpty());
    }

    @Test
    void ledgerFilesGetTheirContentByStandardInput() {
        var content = "operation=abcdefgh\n".getBytes(StandardCharsets.UTF_8);

        assertThat(FileCommands.createOnce(CALL, FILE, content).argv())
                .containsExactly("berth-host", "create-once", FILE);
        assertThat(FileCommands.createOnce(CALL, FILE, content).stdin()).isEqualTo(content);
        assertThat(FileCommands.replace(CALL, FILE, content).argv()).containsExactly("berth-host", "replace", FILE);
        assertThat(FileCommands.replace(CALL, FILE, content).stdin()).isEqualTo(content);
    }
}
