package io.berth.lab.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.lab.guide.GuidePage.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuidePageTest {
    @Test
    void commandsConfigurationAndStageAreFoundInTheirOrder() {
        var page = GuidePage.parse("page", """
                Read this.
                <!-- lab: guest web1 h1 --disk -->
                <!-- opennebula -->
                ```yaml
                # berth.yaml
                datastores:
                ```
                ```console
                $ berth vm list  # all of them
                NAME   STATE
                $ berth vm suspend \\
                    web1
                ```
                ```console fails
                $ berth vm suspend web1
                ```
                ```java
                not.ours();
                ```
                """);

        assertThat(page.parts())
                .containsExactly(
                        new Part.Stage(List.of("guest", "web1", "h1", "--disk")),
                        new Part.FrontEnd(),
                        new Part.Configuration("# berth.yaml\ndatastores:\n"),
                        new Part.Command(9, "berth vm list", List.of("NAME   STATE"), true),
                        new Part.Command(11, "berth vm suspend web1", List.of(), true),
                        new Part.Command(15, "berth vm suspend web1", List.of(), false));
    }

    @Test
    void aBlockThatNeverEndsIsAnError() {
        assertThatThrownBy(() -> GuidePage.parse("page", "```console\n$ true\n"))
                .hasMessageContaining("never ends");
    }

    @Test
    void outputMayBeWiderAndHaveMoreThanIsShown() {
        var output = "ID    NAME\n7     web1\nlast\n";

        assertThat(Expected.missing(List.of("ID NAME", "...", "last"), output)).isEmpty();
        assertThat(Expected.missing(List.of("... web1"), output)).isEmpty();
    }

    @Test
    void aLineThatIsNotPrintedOrInAnotherOrderIsMissing() {
        var output = "first\nsecond\n";

        assertThat(Expected.missing(List.of("third"), output)).contains("third");
        assertThat(Expected.missing(List.of("second", "first"), output)).contains("first");
    }
}
