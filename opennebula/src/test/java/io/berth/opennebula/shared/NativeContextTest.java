package io.berth.opennebula.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.message.VmPlace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeContextTest {
    private static final Map<String, String> ASKING = Map.of("DS_SHARED", "yes", "BERTH_CONTEXT", "native");
    private static final String PLACE = "node1:/var/lib/one//datastores/100/5/disk.2";

    @Test
    void aCdOfPlainFilesIsWrittenWhereTheDirectoryIsShared() {
        var files = "/var/lib/one/vms/5/context.sh /var/lib/one//vms/5/token.txt ";

        assertThat(deed(ASKING, "CONTEXT shared " + files + PLACE + " 5 100"))
                .contains(new TransferDeed.WriteContext(
                        List.of(Path.of("/var/lib/one/vms/5/context.sh"), Path.of("/var/lib/one/vms/5/token.txt")),
                        VmPlace.parse(PLACE).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "no", ""})
    void itIsBroughtToTheHostWhereTheDirectoryMayNotBeShared(String shared) {
        assertThat(deed(
                        Map.of("DS_SHARED", shared, "BERTH_CONTEXT", "NATIVE"),
                        "CONTEXT ssh /v/c.sh " + PLACE + " 5 100"))
                .contains(new TransferDeed.SendContext(
                        List.of(Path.of("/v/c.sh")), VmPlace.parse(PLACE).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stock", "yes", ""})
    void onlyForDatastoresThatAskForIt(String context) {
        assertThat(deed(
                        Map.of("DS_SHARED", "yes", "BERTH_CONTEXT", context),
                        "CONTEXT shared /v/c.sh " + PLACE + " 5 100"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONTEXT vendor /v/c.sh PLACE 5 100",
                "CONTEXT storpool /v/c.sh PLACE 5 100",
                "context shared /v/c.sh PLACE 5 100",
                "CONTEXT shared PLACE 5 100",
                "CONTEXT shared /v/c.sh PLACE 6 100",
                "CONTEXT shared /v/c.sh PLACE 5 101",
                "CONTEXT shared /v/c.sh node1:/var/lib/one/datastores/100/6/disk.2 6 100",
                "CONTEXT shared /v/c.sh node1:/var/lib/one/datastores/100/5 5 100",
                "CONTEXT shared /v/c.sh node1:/var/lib/one/datastores/100/5/vm.xml 5 100",
                "CONTEXT shared /v/c.sh /w/c.sh PLACE 5 100",
                "CONTEXT shared /v/c.sh http://host/file PLACE 5 100",
                "CONTEXT shared /v/c.sh /d/2/abc:'name' PLACE 5 100",
                "CONTEXT shared /v/c.sh /d/2/abc:name PLACE 5 100",
                "CONTEXT shared c.sh PLACE 5 100",
                "CONTEXT shared /v/-o PLACE 5 100",
                "CONTEXT shared /v/.. PLACE 5 100",
                "CONTEXT shared /v/a=b PLACE 5 100",
                "CONTEXT shared /v/a\\b PLACE 5 100",
                "CONTEXT shared /v/$(id) PLACE 5 100",
                "MV shared /v/c.sh PLACE 5 100",
            })
    void whateverElseIsTheScriptsToMake(String line) {
        assertThat(deed(ASKING, line.replace("PLACE", PLACE))).isEmpty();
    }

    @Test
    void withoutAnAnswerTheScriptMakesIt() {
        assertThat(new NativeContext(Datastores.untold())
                        .deed(command("CONTEXT shared /v/c.sh " + PLACE + " 5 100"), 5))
                .isEmpty();
    }

    private static Optional<TransferDeed> deed(Map<String, String> attributes, String line) {
        return new NativeContext(id -> Optional.of(attributes).filter(_ -> id == 100)).deed(command(line), 5);
    }

    private static TransferCommand command(String line) {
        return TransferCommand.lines(line).getFirst();
    }
}
