package io.berth.opennebula.mad;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.standin.Payload;
import io.berth.opennebula.standin.Requests;
import io.berth.opennebula.standin.StandInOned;
import io.berth.opennebula.standin.StubSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The four scripts that a storage driver may have around save and restore. */
@Timeout(120)
class HookScriptsTest {
    private static final String USUAL = "-t 15 -r 0 kvm -p";
    private static final String CONTEXT = "<TM_COMMAND><![CDATA[CONTEXT shared /c.sh node1:/d 5 100\n]]></TM_COMMAND>";
    private static final String NIC = "<NIC><VN_MAD>bridge</VN_MAD></NIC>";
    private static final String CHECKPOINT = "/var/lib/one//datastores/100/5/checkpoint";

    @TempDir
    Path folder;

    private StubSite site;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(folder);
        var driver = Path.of(site.asHere("/var/lib/one/remotes/tm/shared"));
        for (var hook : List.of("presave", "postsave", "prerestore", "postrestore")) {
            // A stub does as it is told for the name that it is called by.
            Files.copy(driver.resolve("premigrate"), driver.resolve(hook), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    @Test
    void aSaveRunsBetweenThemWithTheSameArgumentsAndTheMessageForInput() throws IOException {
        var message = site.asHere(Requests.message(5, "node1", "", NIC));

        assertThat(ask(USUAL, "SAVE", message)).isEqualTo("SAVE SUCCESS 5 -");
        var calls = site.takeCalls();
        assertThat(calls.stream().map(StubSite.Call::program))
                .containsExactly(
                        "/var/lib/one/remotes/tm/shared/presave",
                        "/var/tmp/one/vmm/kvm/save",
                        "/var/tmp/one/vnm/bridge/clean",
                        "/var/lib/one/remotes/tm/shared/postsave");
        for (var hook : List.of(calls.getFirst(), calls.getLast())) {
            assertThat(hook.arguments())
                    .isEqualTo(calls.get(1).arguments())
                    .containsExactly("one-5", site.asHere(CHECKPOINT), "node1", "5", "node1");
            assertThat(hook.input()).isEqualTo(Payload.encode(message));
        }
    }

    @Test
    void aSaveThatFailsLetsGoWhatWasMadeReadyForIt() throws IOException {
        site.behave("save", 1, "", "no room\n");

        assertThat(ask(USUAL, "SAVE", Requests.message(5, "node1", "", NIC))).startsWith("SAVE FAILURE 5 no room");
        assertThat(scripts()).containsExactly("presave", "save", "postsave");
    }

    @Test
    void nothingIsSavedWhenItsPlaceCannotBeMadeReady() throws IOException {
        site.behave("presave", 1, "", "no pool\n");

        assertThat(ask(USUAL, "SAVE", Requests.message(5, "node1", "", NIC))).isEqualTo("SAVE FAILURE 5 no pool");
        assertThat(scripts()).containsExactly("presave");
    }

    @Test
    void aRestoreRunsBetweenThem() throws IOException {
        assertThat(ask(USUAL, "RESTORE", Requests.message(5, "node1", CONTEXT, NIC)))
                .isEqualTo("RESTORE SUCCESS 5 -");

        assertThat(scripts()).containsExactly("context", "prerestore", "pre", "restore", "post", "postrestore");
    }

    @Test
    void aCheckpointThatCouldNotBeRestoredIsKept() throws IOException {
        site.behave("restore", 1, "", "no memory\n");

        assertThat(ask(USUAL, "RESTORE", Requests.message(5, "node1", CONTEXT, NIC)))
                .startsWith("RESTORE FAILURE 5 no memory");
        assertThat(scripts()).containsExactly("context", "prerestore", "pre", "restore");
    }

    /** The site's script calls them: addon-storpool's and others. */
    @Test
    void aSiteThatHasAScriptOfItsOwnInTheHypervisorsPlaceIsLeftAlone() throws IOException {
        ask("kvm -l save=tmsave,restore=tmrestore", "SAVE", Requests.message(5, "node1"));
        ask("kvm -l save=tmsave,restore=tmrestore", "RESTORE", Requests.message(5, "node1"));

        assertThat(scripts()).containsExactly("tmsave", "clean", "pre", "tmrestore", "post");
    }

    /** In MiB and KiB as the core has it; 2000 MiB and a five-hundredth, video, 16 MiB. */
    @ParameterizedTest
    @CsvSource({
        "<MEMORY>2000</MEMORY>, 2185232384",
        "<MEMORY>2000</MEMORY><VIDEO><VRAM>16384</VRAM></VIDEO>, 2134900736",
        "<MEMORY>1000</MEMORY><MEMORY_MAX>2000</MEMORY_MAX>, 2185232384",
        "<MEMORY>much</MEMORY>, unset",
    })
    void whoMakesRoomForACheckpointIsToldHowLargeItCanGet(String template, String bytes) throws IOException {
        site.behave("presave", "printf '%s' \"${BERTH_CHECKPOINT_BYTES:-unset}\" >" + folder + "/bytes");

        ask(USUAL, "SAVE", Requests.message(5, "node1", "", template));

        assertThat(folder.resolve("bytes")).hasContent(bytes);
    }

    private List<String> scripts() throws IOException {
        return site.takeCalls().stream()
                .map(call -> Path.of(call.program()).getFileName().toString())
                .toList();
    }

    private String ask(String arguments, String action, String message) throws IOException {
        try (var oned = new StandInOned(site.settings(arguments))) {
            return oned.ask(Requests.line(action, 5, site.asHere(message))).getLast();
        }
    }
}
