package io.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.engine.configuration.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The unit that systemd starts the daemon from. */
class UnitFileTest {
    private static final Path UNIT =
            Path.of(System.getProperty("berth.root", "..")).resolve("packaging/systemd/berth.service");

    private static Map<String, String> settings() throws IOException {
        try (var lines = Files.lines(UNIT)) {
            return lines.filter(line -> line.matches("[A-Za-z]+=.*"))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf('=')),
                            line -> line.substring(line.indexOf('=') + 1)));
        }
    }

    @Test
    void theDaemonIsReadyWhenItSaysSo() throws IOException {
        assertThat(settings())
                .containsEntry("Type", "notify")
                .containsKey("WatchdogSec")
                .hasEntrySatisfying("ExecStart", command -> assertThat(command).endsWith("/bin/berth serve"));
    }

    @Test
    void whatItRunsIsNotEndedBeforeIt() throws IOException {
        assertThat(settings()).containsEntry("KillMode", "mixed");
    }

    @Test
    void itMayWriteToTheFoldersThatItUses() throws IOException {
        var home = Home.find(Optional.empty(), Map.of(), true);

        assertThat(settings())
                .containsEntry(
                        "ConfigurationDirectory", name(home.configuration().resolveSibling(""), "/etc"))
                .containsEntry("StateDirectory", name(home.state(), "/var/lib"))
                .containsEntry("LogsDirectory", name(home.log(), "/var/log"))
                .containsEntry("RuntimeDirectory", name(home.run(), "/run"));
    }

    private static String name(Path folder, String in) {
        return Path.of(in).relativize(folder).toString();
    }
}
