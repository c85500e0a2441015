package io.berth.transport.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Stands in for ssh: runs what it is told here, and writes down how it was called. */
final class StubSsh {
    private final Path folder;

    StubSsh(Path folder) {
        this.folder = folder;
    }

    SshWay way(String shell) throws IOException {
        // Passes over options as ssh does, then the host, then runs the rest.
        return new SshWay(script("ssh", """
                        echo "$*" >>%s/ssh.calls
                        while [ "$1" = -o ]; do shift 2; done
                        shift
                        exec "$@"
                        """.formatted(folder)), List.of(), shell);
    }

    SshWay unreachable() throws IOException {
        return new SshWay(script("ssh-unreachable", "echo 'ssh: no route to host' >&2; exit 255"), List.of(), "bash");
    }

    /** A connection that breaks while the script runs. */
    SshWay breaking() throws IOException {
        return new SshWay(script("ssh-breaking", """
                        shift
                        "$@" <&0 &
                        while [ ! -e %s/reached ]; do sleep 0.02; done
                        exit 255
                        """.formatted(folder)), List.of(), "bash");
    }

    String script(String name, String body) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, "#!/bin/bash\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }
}
