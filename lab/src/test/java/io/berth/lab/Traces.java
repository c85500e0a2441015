package io.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What Berth's operations have made in the lab and not removed: files, devices, links. Looked at behind its back. */
final class Traces {
    private static final String FOLDER = "checkpoints";

    private final Lab lab;

    Traces(Lab lab) {
        this.lab = lab;
    }

    List<String> all() {
        var traces = new ArrayList<String>();
        folders().forEach(folder -> traces.addAll(below(folder)));
        below(lab.shared().resolve("disks")).stream()
                .filter(file -> file.contains("/.berth-"))
                .forEach(traces::add);
        traces.addAll(onHosts());
        return traces;
    }

    /** What a suspended VM must not have either. */
    List<String> onHosts() {
        var traces = new ArrayList<String>();
        LoopDevices.of(lab).attached(FOLDER).forEach((device, file) -> traces.add(device + " over " + file));
        for (var host : List.of("h1", "h2")) {
            traces.addAll(below(lab.varLib(host).resolve("berth").resolve(FOLDER)));
            lab.in(host, "find", "/run", "-path", "/run/berth-host/attached/*", "-type", "l")
                    .output()
                    .lines()
                    .forEach(mark -> traces.add(mark + " on " + host));
        }
        return traces;
    }

    /** Files of volumes on the datastores that both hosts see. */
    List<Path> volumes() {
        return folders().stream()
                .flatMap(folder -> below(folder).stream())
                .map(Path::of)
                .filter(file -> file.toString().endsWith(".img"))
                .toList();
    }

    /** Takes away everything, by force. */
    void wipe() {
        LoopDevices.of(lab).release(FOLDER);
        for (var host : List.of("h1", "h2")) {
            Damage.removeAll(lab.varLib(host).resolve("berth").resolve(FOLDER));
            lab.in(host, "rm", "-rf", "/run/berth-host/attached").orFail();
        }
        // Through a host: behind its back the fragile storage would go on remembering them.
        lab.in("h1", "sh", "-c", "rm -rf /srv/berth/checkpoints/* /srv/volatile/checkpoints/* /srv/berth/plain/*")
                .orFail();
    }

    private List<Path> folders() {
        return List.of(
                lab.shared().resolve(FOLDER),
                lab.shared().resolve("volatile").resolve(FOLDER),
                lab.shared().resolve(Site.PLAIN));
    }

    private static List<String> below(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
