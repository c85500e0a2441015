package io.berth.opennebula.explain;

import io.berth.transport.script.SshWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Stands in for hosts: its ssh runs what it is told on this machine, with the {@code virsh} and {@code pgrep} of the host's
 * own folder first in the path. The script that looks is run for real.
 */
final class StandInHosts {
    private final Path folder;

    StandInHosts(Path folder) throws IOException {
        this.folder = folder;
        script(folder.resolve("ssh"), """
                #!/bin/sh
                while [ $# -gt 3 ]; do shift; done
                host='%s'/$1
                [ -d "$host" ] || { echo "ssh: connect to host $1 port 22: No route to host" >&2; exit 255; }
                [ -e "$host/bare" ] && PATH=$host || PATH=$host:$PATH
                exec /bin/sh -s
                """.formatted(folder));
    }

    SshWay way() {
        return new SshWay(folder.resolve("ssh").toString(), List.of("-o", "BatchMode=yes"), "sh");
    }

    /** @param state what {@code domstate} says of the guest; empty: libvirt has none of that name */
    void host(String name, String guest, String state) throws IOException {
        host(name, guest, state, "None");
    }

    /** @param job that libvirt has under way for the guest */
    void host(String name, String guest, String state, String job) throws IOException {
        var host = Files.createDirectories(folder.resolve(name));
        script(host.resolve("virsh"), """
                #!/bin/sh
                case "$*" in
                  *'list --all --'*) echo other; echo '%s'; echo ;;
                  *'domjobinfo %s') echo 'Job type:         %s' ;;
                  *'domstate %s') echo '%s' ;;
                  *) exit 1 ;;
                esac
                """.formatted(state.isEmpty() ? "" : guest, guest, job, guest, state));
        script(host.resolve("pgrep"), "#!/bin/sh\nexit 1\n");
    }

    /** @param body of a shell script */
    void program(String name, String program, String body) throws IOException {
        script(folder.resolve(name).resolve(program), "#!/bin/sh\n" + body + "\n");
    }

    void withoutLibvirt(String name) throws IOException {
        host(name, "one-42", "");
        script(folder.resolve(name).resolve("virsh"), "#!/bin/sh\necho 'error: failed to connect' >&2\nexit 1\n");
    }

    void withProcessOnly(String name) throws IOException {
        host(name, "one-42", "");
        program(name, "pgrep", "[ \"$3\" = 'guest=one-42,|-uuid one-42' ]");
    }

    /** Of this machine. */
    void withRealProcesses(String name) throws IOException {
        Files.delete(folder.resolve(name).resolve("pgrep"));
    }

    /** A script that runs until its input ends. */
    Path waitingScript(String name) throws IOException {
        var script = folder.resolve(name);
        script(script, "#!/bin/sh\nread -r _\n");
        return script;
    }

    /** Its guests are something else's business. */
    void withoutVirsh(String name) throws IOException {
        Files.createFile(Files.createDirectories(folder.resolve(name)).resolve("bare"));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
