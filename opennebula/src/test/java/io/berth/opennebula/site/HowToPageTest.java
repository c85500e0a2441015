package io.berth.opennebula.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.options.TmOptions;
import io.berth.opennebula.options.VmmOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page tells to write into OpenNebula, which no test can type, is what the code reads. */
class HowToPageTest {
    private static final Path ROOT = Path.of(System.getProperty("berth.root"));
    private static final Pattern ATTRIBUTE = Pattern.compile("\\b((?:CHECKPOINT|BERTH|DS)_[A-Z_]+)\\b");
    private static final Pattern LOCAL_ACTIONS = Pattern.compile("`(-l save=[^`]*)`");

    @Test
    void theTransferManagersStanzaStartsOneThatIsThereWithOptionsThatItReads() throws IOException {
        var stanza = OnedConf.parse(page()).sections("TM_MAD").getFirst();

        var program = Path.of(stanza.value("EXECUTABLE")).getFileName();
        assertThat(ROOT.resolve("opennebula/src/main/mads").resolve(program)).isExecutable();
        assertThat(TmOptions.parse(List.of(stanza.value("ARGUMENTS"))).drivers().orElseThrow())
                .contains("shared", "qcow2", "ssh", "ceph");
    }

    @Test
    void theStockDriversActionsNameTheScriptsThatAreInstalled() throws IOException {
        var arguments = found(LOCAL_ACTIONS).getFirst();

        var actions = VmmOptions.parse(List.of("kvm " + arguments)).local();
        assertThat(List.of(
                        actions.script("SAVE").orElseThrow(),
                        actions.script("RESTORE").orElseThrow()))
                .isEqualTo(SiteSetup.SCRIPTS);
    }

    @Test
    void everyAttributeOfDatastoresIsOneThatTheCodeReads() throws IOException {
        assertThat(found(ATTRIBUTE))
                .contains("CHECKPOINT_LOCATION", "BERTH_DATASTORE", "DS_SHARED", "BERTH_DIRECTORIES")
                .allMatch(code()::contains, "stands in the code");
    }

    private static List<String> found(Pattern pattern) throws IOException {
        return pattern.matcher(page())
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/how-to/opennebula.md"));
    }

    /** All texts between quotes. */
    private static List<String> code() throws IOException {
        try (var files = Files.walk(ROOT.resolve("opennebula/src/main/java"))) {
            var all = new StringBuilder();
            for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
            return Pattern.compile("\"([A-Z_]+)\"")
                    .matcher(all)
                    .results()
                    .map(MatchResult::group)
                    .map(text -> text.replace("\"", ""))
                    .toList();
        }
    }
}
