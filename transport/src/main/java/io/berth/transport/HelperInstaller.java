package io.berth.transport;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Brings the helper to hosts and takes it away again. It needs a login that is root or may use sudo without a password;
 * for the latter it leaves one sudoers entry, which allows the helper alone. Thread-safe.
 */
public final class HelperInstaller {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final TransportSettings settings;
    private final Path binary;
    private final Path sources;
    private final HelperPlaces places;
    private final Map<String, String> environment;

    /**
     * @param binary the helper for this machine's architecture
     * @param sources folder with {@code src/*.c}, for hosts where the binary doesn't run
     */
    public HelperInstaller(TransportSettings settings, Path binary, Path sources) {
        this(settings, binary, sources, HelperPlaces.standard(settings.remoteHelper()), Map.of());
    }

    HelperInstaller(
            TransportSettings settings,
            Path binary,
            Path sources,
            HelperPlaces places,
            Map<String, String> environment) {
        this.settings = settings;
        this.binary = binary;
        this.sources = sources;
        this.places = places;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Installs the helper, or replaces an older one; commands that run go on with theirs.
     *
     * @return what the installed helper says of itself, one line
     * @throws Failure {@code host.unreachable}, {@code host.ssh-refused}, {@code host.unknown-key}, {@code
     *     host.no-sudo}, {@code host.cannot-run-helper}, {@code host.install-failed}; then the host is as it was
     */
    public String install(HostRef host, HostAddress address) {
        var program = bytesOf(binary);
        var ended = run(host, address, InstallScripts.install(places, program.length), program);
        if (ended.exitCode() == InstallScripts.DOES_NOT_RUN) {
            ended = run(host, address, InstallScripts.compile(places), archive());
        }
        return switch (ended.exitCode()) {
            case 0 -> ended.output().strip();
            case InstallScripts.NO_COMPILER, InstallScripts.DOES_NOT_RUN ->
                throw failure("host.cannot-run-helper", "Berth's helper doesn't run on the host", host, ended)
                        .why("the program was built for another kind of machine, and there is no C compiler")
                        .next("install a C compiler there ('cc'), or build Berth on such a machine")
                        .build();
            case InstallScripts.BAD_SUDOERS ->
                throw failure("host.install-failed", "The sudoers entry was not accepted", host, ended)
                        .why("visudo refused it; nothing was changed")
                        .next("see the host's sudoers files with 'visudo -c'")
                        .build();
            case InstallScripts.CUT_SHORT ->
                throw failure("host.install-failed", "The helper did not arrive whole", host, ended)
                        .why("the connection was cut, or the host's file system is full")
                        .next("try again")
                        .build();
            default -> throw failed(host, ended);
        };
    }

    /**
     * Takes away the helper, its state and its sudoers entry; nothing there is fine. The guard forgets the epochs it
     * has seen: only for a host that no Berth uses any more.
     *
     * @throws Failure {@code host.in-use} (CONFLICT) while a command of Berth's runs there
     */
    public void remove(HostRef host, HostAddress address) {
        var ended = run(host, address, InstallScripts.remove(places), new byte[0]);
        if (ended.exitCode() == InstallScripts.IN_USE) {
            throw Failure.of(FailureKind.CONFLICT, "host.in-use", "Commands of Berth's run on the host")
                    .host(host)
                    .why("the guard there lists VM, epoch and operation")
                    .output(ended.complaint())
                    .next("wait for them to end, or run 'berth recover', then remove the host again")
                    .build();
        }
        if (ended.exitCode() != 0) {
            throw failed(host, ended);
        }
        if (address instanceof HostAddress.Ssh ssh) {
            forget(ssh);
        }
    }

    private void forget(HostAddress.Ssh address) {
        try {
            SshConnector.forget(settings, address.destination());
        } catch (IOException notStarted) {
            // It ends by itself as well, a little later.
        }
    }

    private record Ended(int exitCode, String output, String complaint) {}

    private Ended run(HostRef host, HostAddress address, String script, byte[] input) {
        var argv = switch (address) {
            case HostAddress.Local _ -> List.of("sh", "-c", script);
            case HostAddress.Ssh ssh -> SshConnector.argv(settings, ssh.destination(), "sh -c '" + script + "'");
        };
        try (var process = HelperProcess.start(argv, environment)) {
            feed(process, input);
            // Little comes out, so it waits in the pipe until the program has ended.
            if (!process.ended(LONGEST)) {
                return new Ended(-1, "", "it took longer than " + LONGEST.toSeconds() + " s");
            }
            var output = new String(process.answers().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.exitCode(), output, process.complaint());
        } catch (IOException notStarted) {
            throw ConnectFailures.noSsh(host, notStarted);
        }
    }

    private static void feed(HelperProcess process, byte[] input) {
        try (var stream = process.requests()) {
            stream.write(input);
        } catch (IOException stoppedReading) {
            // Its exit code and complaint tell why.
        }
    }

    private byte[] bytesOf(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException missing) {
            throw Failure.of(FailureKind.ENVIRONMENT, "host.no-binary", "Berth's helper isn't here")
                    .why(file + " can't be read")
                    .next("build Berth, or install its package again")
                    .cause(missing)
                    .build();
        }
    }

    private byte[] archive() {
        try {
            var tar = new ProcessBuilder("tar", "-C", sources.toString(), "-cf", "-", "src")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            tar.getOutputStream().close();
            return tar.getInputStream().readAllBytes();
        } catch (IOException noTar) {
            throw new UncheckedIOException("the helper's sources can't be packed", noTar);
        }
    }

    private static Failure failed(HostRef host, Ended ended) {
        if (ended.exitCode() == ConnectFailures.SSH_ITSELF_FAILED || ended.exitCode() < 0) {
            return ConnectFailures.sshItself(host, ended.complaint(), "ssh ended without a word");
        }
        if (ended.complaint().contains("sudo:")) {
            return ConnectFailures.noSudo(host, ended.complaint());
        }
        return failure("host.install-failed", "The host could not be changed", host, ended)
                .why("the commands there ended with exit code " + ended.exitCode())
                .next("see the lines above; the host is as it was, but perhaps for a file ending in .new")
                .build();
    }

    private static Failure.Builder failure(String code, String what, HostRef host, Ended ended) {
        return Failure.of(FailureKind.ENVIRONMENT, code, what)
                .host(host)
                .output(ended.complaint())
                .command("berth host add " + Printable.line(host.name()));
    }
}
