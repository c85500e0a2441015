package io.berth.engine.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HomeTest {
    private static final Map<String, String> USER = Map.of("HOME", "/home/eve");

    @Test
    void aGivenFolderHoldsEverything() {
        var home = Home.find(Optional.of(Path.of("/x/../srv/berth")), Map.of("BERTH_HOME", "/other"), true);

        assertThat(home)
                .isEqualTo(new Home(
                        Path.of("/srv/berth/berth.yaml"),
                        Path.of("/srv/berth"),
                        Path.of("/srv/berth/log"),
                        Path.of("/srv/berth/run")));
    }

    @Test
    void theVariableHoldsEverythingToo() {
        assertThat(Home.find(Optional.empty(), Map.of("BERTH_HOME", "/srv/b"), false))
                .isEqualTo(Home.in(Path.of("/srv/b")));
    }

    @Test
    void rootUsesTheSystemsFolders() {
        assertThat(Home.find(Optional.empty(), USER, true))
                .isEqualTo(new Home(
                        Path.of("/etc/berth/berth.yaml"),
                        Path.of("/var/lib/berth"),
                        Path.of("/var/log/berth"),
                        Path.of("/run/berth")));
    }

    @Test
    void othersUseTheirOwn() {
        assertThat(Home.find(Optional.empty(), USER, false))
                .isEqualTo(new Home(
                        Path.of("/home/eve/.config/berth/berth.yaml"),
                        Path.of("/home/eve/.local/state/berth"),
                        Path.of("/home/eve/.local/state/berth/log"),
                        Path.of("/home/eve/.local/state/berth/run")));
    }

    @Test
    void theUsersOwnChoiceOfFoldersIsHonoured() {
        var environment =
                Map.of("HOME", "/home/eve", "XDG_CONFIG_HOME", "/c", "XDG_STATE_HOME", "/s", "XDG_RUNTIME_DIR", "/r");

        assertThat(Home.find(Optional.empty(), environment, false))
                .isEqualTo(new Home(
                        Path.of("/c/berth/berth.yaml"),
                        Path.of("/s/berth"),
                        Path.of("/s/berth/log"),
                        Path.of("/r/berth")));
    }
}
