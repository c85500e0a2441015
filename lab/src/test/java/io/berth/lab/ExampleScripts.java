package io.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The example's scripts in a folder that both hosts see, and what a datastore of theirs keeps, in another. */
final class ExampleScripts {
    private static final String SEEN = "/srv/berth/";

    private final Lab lab;
    private final String name;

    /** @param name of the folders; nobody else's */
    ExampleScripts(Lab lab, String name) {
        this.lab = lab;
        this.name = name;
    }

    void copy() {
        try {
            Files.createDirectories(volumes());
            var folder = Files.createDirectories(scripts());
            try (var files = Files.list(LabExtension.root().resolve("examples/script-storage"))) {
                for (var file : files.toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove() {
        Damage.removeAll(scripts());
        Damage.removeAll(volumes());
    }

    /** Another script in place of the one of that name. */
    void replace(String script, String lines) {
        try {
            var file = scripts().resolve(script);
            Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where hosts see the scripts. */
    String folder() {
        return SEEN + name;
    }

    /** A datastore whose volumes and ledger lie in one folder. */
    String configuration(String datastore) {
        return """
                  %s:
                    driver: script
                    scripts: %s
                    ledger: %s
                    parameters: [folder=%s]
                    can: [thin, discard, many-hosts]
                    hosts: [h1, h2]
                """.formatted(datastore, folder(), folder() + "-volumes", folder() + "-volumes");
    }

    /** Files of volumes and of the ledger. */
    List<Path> traces() {
        try (var files = Files.list(volumes())) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path scripts() {
        return lab.shared().resolve(name);
    }

    private Path volumes() {
        return lab.shared().resolve(name + "-volumes");
    }
}
