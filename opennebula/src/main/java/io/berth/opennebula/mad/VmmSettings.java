package io.berth.opennebula.mad;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.opennebula.action.ScriptPlaces;
import io.berth.opennebula.options.SiteFolders;
import io.berth.opennebula.options.VmmOptions;
import io.berth.opennebula.owed.OwedRequests;
import io.berth.opennebula.run.SiteScripts;
import io.berth.transport.script.SshWay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a VM driver is told from outside.
 *
 * @param liveSnapshots pairs {@code VM_MAD-TM_MAD}
 * @param owed what the core may wait for since before the driver was started
 */
public record VmmSettings(VmmOptions options, SiteScripts site, Set<String> liveSnapshots, OwedRequests owed) {
    private static final String REMOTE_SCRIPTS = "SCRIPTS_REMOTE_DIR";
    private static final String USUAL_REMOTE_SCRIPTS = "/var/tmp/one";

    public VmmSettings {
        liveSnapshots = Set.copyOf(liveSnapshots);
    }

    /**
     * As OpenNebula's own driver finds it: options from {@code oned.conf}, two lists from {@code vmm_execrc} by the
     * environment, and where scripts are on hosts from the file {@code config}, which the core writes.
     *
     * @throws Failure {@code mad.arguments}, {@code mad.config}
     */
    public static VmmSettings read(List<String> arguments, Map<String, String> environment) {
        var options = VmmOptions.parse(arguments);
        var folders = SiteFolders.of(environment);
        var places = new ScriptPlaces(
                options.hypervisor(),
                folders.remotes(),
                remoteScripts(Path.of(folders.var(), "config")),
                options.local(),
                words(environment, "VNMAD_LOCAL_ACTIONS"));
        return new VmmSettings(
                options,
                new SiteScripts(
                        places,
                        SshWay.usual(options.shell()),
                        "scp",
                        options.delegated(),
                        options.timeout(),
                        options.retries()),
                words(environment, "LIVE_DISK_SNAPSHOTS"),
                OwedRequests.find(arguments, environment));
    }

    private static Set<String> words(Map<String, String> environment, String name) {
        return Stream.of(environment.getOrDefault(name, "").strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    private static String remoteScripts(Path config) {
        try {
            return Files.readString(config, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("=", 2))
                    .filter(pair -> pair.length == 2 && pair[0].strip().equalsIgnoreCase(REMOTE_SCRIPTS))
                    .map(pair -> pair[1].strip().replaceAll("^\"|\"$", ""))
                    .filter(path -> path.startsWith("/"))
                    .findFirst()
                    .orElse(USUAL_REMOTE_SCRIPTS);
        } catch (IOException unreadable) {
            throw Failure.of(FailureKind.ENVIRONMENT, "mad.config", "OpenNebula's file " + config + " can't be read")
                    .why(String.valueOf(unreadable.getMessage()))
                    .next("oned writes it when it starts: run the driver as oned does, as oneadmin on the front-end")
                    .cause(unreadable)
                    .build();
        }
    }
}
