package io.berth.opennebula.mad;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.standin.Requests;
import io.berth.opennebula.standin.StandInOned;
import io.berth.opennebula.standin.StubSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The VM driver makes CDs for the contextualization itself where their datastore asks for it; by the real program. */
@Timeout(120)
class NativeContextDriverTest {
    private static final String BROUGHT = "<DS_SHARED>no</DS_SHARED><BERTH_CONTEXT>native</BERTH_CONTEXT>";
    private static final String ASKING = "<DS_SHARED>yes</DS_SHARED><BERTH_CONTEXT>native</BERTH_CONTEXT>";

    @TempDir
    Path folder;

    private StubSite site;
    private Path vm;
    private Path cd;
    private List<Path> files;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(Files.createDirectories(folder.resolve("site")));
        vm = Files.createDirectories(folder.resolve("datastores/100/5"));
        cd = vm.resolve("disk.2");
        var sources = Files.createDirectories(folder.resolve("vms/5"));
        files = List.of(
                Files.writeString(sources.resolve("context.sh"), "PASSWORD='p'\n"),
                Files.writeString(sources.resolve("token.txt"), "a token\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {ASKING, BROUGHT})
    void theCdHasTheFilesAndTheLabelByWhichGuestsKnowIt(String attributes) throws Exception {
        assertThat(ask(attributes)).contains(said()).last().isEqualTo("UPDATECONF SUCCESS 5 ");

        assertThat(read("context.sh")).hasContent("PASSWORD='p'\n");
        assertThat(read("token.txt")).hasContent("a token\n");
        assertThat(new String(Files.readAllBytes(cd), 16 * 2048 + 40, 7, US_ASCII))
                .isEqualTo("CONTEXT");
        assertThat(contextCalls()).isEmpty();
        assertOnlyTheCd();
    }

    /** A guest may have the old one open. */
    @ParameterizedTest
    @ValueSource(strings = {ASKING, BROUGHT})
    void anOlderCdIsReplacedAndNotWrittenOver(String attributes) throws Exception {
        Files.writeString(cd, "the old one");
        Files.writeString(vm.resolve("disk.2.part"), "half of one");
        var old = Files.getAttribute(cd, "unix:ino");

        ask(attributes);

        assertThat(Files.getAttribute(cd, "unix:ino")).isNotEqualTo(old);
        assertThat(read("context.sh")).hasContent("PASSWORD='p'\n");
        assertOnlyTheCd();
    }

    @Test
    void aHostWithoutTheDirectoryGetsIt() throws Exception {
        Files.delete(vm);

        assertThat(ask(BROUGHT).getLast()).isEqualTo("UPDATECONF SUCCESS 5 ");

        assertThat(read("context.sh")).hasContent("PASSWORD='p'\n");
        assertOnlyTheCd();
    }

    @Test
    void aHostThatCannotTakeItIsTheScriptsToFill() throws IOException {
        site.installOnHosts("base64", "head -c 1000; exit 1");
        Files.writeString(cd, "the old one");

        ask(BROUGHT);

        assertThat(contextCalls()).hasSize(1);
        assertThat(cd).hasContent("the old one");
        assertOnlyTheCd();
    }

    @Test
    void aDirectoryThatTheFrontEndDoesNotSeeIsTheScriptsToFill() throws IOException {
        Files.delete(vm);

        assertThat(ask(ASKING).getLast()).isEqualTo("UPDATECONF SUCCESS 5 ");

        assertThat(contextCalls()).hasSize(1);
        assertThat(vm).doesNotExist();
    }

    /** Other vendors' scripts have it on a volume. */
    @ParameterizedTest
    @ValueSource(strings = {ASKING, BROUGHT})
    void aCdThatIsALinkIsTheScriptsToMake(String attributes) throws IOException {
        var volume = Files.writeString(folder.resolve("volume"), "a volume");
        Files.createSymbolicLink(cd, volume);

        ask(attributes);

        assertThat(contextCalls()).hasSize(1);
        assertThat(volume).hasContent("a volume");
    }

    @Test
    void aFileThatIsMissingIsTheScriptsToTell() throws IOException {
        Files.delete(files.getFirst());
        Files.writeString(cd, "the old one");

        ask(ASKING);

        assertThat(contextCalls()).hasSize(1);
        assertThat(cd).hasContent("the old one");
        assertOnlyTheCd();
    }

    @Test
    void aDatastoreThatDoesNotAskHasItsScriptRun() throws IOException {
        ask("<DS_SHARED>yes</DS_SHARED>");

        assertThat(contextCalls()).hasSize(1);
        assertThat(cd).doesNotExist();
    }

    private List<String> ask(String attributes) throws IOException {
        var sources = files.stream().map(Path::toString).collect(Collectors.joining(" "));
        var head = "<TM_COMMAND><![CDATA[CONTEXT shared %s n1:%s 5 100]]></TM_COMMAND>".formatted(sources, cd);
        var message = Requests.message(5, "n1", head, "<CONTEXT><TARGET>hda</TARGET></CONTEXT>")
                .replace("</TM_MAD></DATASTORE>", "</TM_MAD><TEMPLATE>" + attributes + "</TEMPLATE></DATASTORE>");
        try (var oned = new StandInOned(site.settings("-t 15 -r 0 kvm -p"))) {
            return oned.ask(Requests.line("UPDATECONF", 5, message));
        }
    }

    private String said() {
        return "LOG I -1 context: Generating context block device at n1:" + cd;
    }

    private List<StubSite.Call> contextCalls() throws IOException {
        return site.takeCalls().stream()
                .filter(call -> call.program().endsWith("/context"))
                .toList();
    }

    private void assertOnlyTheCd() throws IOException {
        try (var made = Files.list(vm)) {
            assertThat(made).containsExactly(cd);
        }
    }

    private Path read(String name) throws Exception {
        var to = folder.resolve("read-" + name);
        var said = folder.resolve("said");
        var reading = new ProcessBuilder(
                        "xorriso",
                        "-no_rc",
                        "-osirrox",
                        "on",
                        "-indev",
                        cd.toString(),
                        "-extract",
                        "/" + name,
                        to.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(reading.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(reading.exitValue()).as(Files.readString(said)).isZero();
        assertThat(to).as(Files.readString(said)).exists();
        return to;
    }
}
