package io.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.berth.driver.Failure;
import io.berth.driver.host.HostCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class HelperInstallerTest {
    private static final HostAddress HERE = new HostAddress.Local();

    @TempDir
    Path root;

    private HelperPlaces places;
    private Path helper;
    private Path sudoers;
    private Path state;

    @BeforeEach
    void choosePlaces() throws Exception {
        helper = root.resolve("lib/berth/berth-host");
        state = root.resolve("state");
        sudoers = Files.createDirectory(root.resolve("sudoers.d")).resolve("berth");
        places = new HelperPlaces(helper.toString(), state.toString(), sudoers.toString());
    }

    @Test
    void theInstalledHelperRunsAndIsReplacedWhole() throws Exception {
        var installer = installer(HelperBinary.path(), Map.of());
        assertThat(installer.install(LocalHost.HOST, HERE)).startsWith("berth-host ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(helper)))
                .isEqualTo("rwxr-xr-x");
        assertThat(installer.install(LocalHost.HOST, HERE)).startsWith("berth-host ");
        assertThat(helper).hasSameBinaryContentAs(HelperBinary.path());
        assertThat(root.resolve("lib/berth").toFile().list()).containsExactly("berth-host");
        assertThat(sudoers).doesNotExist();
    }

    @Test
    void removingLeavesNothingAndMayBeRepeated() throws Exception {
        var installer = installer(HelperBinary.path(), Map.of());
        installer.install(LocalHost.HOST, HERE);
        useOnce();
        Files.writeString(sudoers, "left by an earlier login");
        installer.remove(LocalHost.HOST, HERE);
        installer.remove(LocalHost.HOST, HERE);
        assertThat(root.resolve("lib/berth")).doesNotExist();
        assertThat(state).doesNotExist();
        assertThat(sudoers).doesNotExist();
    }

    @Test
    void aHostIsNotRemovedWhileACommandRunsThere() throws Exception {
        var installer = installer(HelperBinary.path(), Map.of());
        installer.install(LocalHost.HOST, HERE);
        var runs = new CompletableFuture<String>();
        var fifo = root.resolve("gate");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        try (var transport = transport();
                var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var call = LocalHost.call(LocalHost.newVm(), 1, "operation1");
            var ended = tasks.submit(() -> transport.run(
                    LocalHost.HOST,
                    HostCommand.changing(call, "sh", "-c", "echo up; cat " + fifo)
                            .withOutputLines(runs::complete)));
            runs.get();
            assertThatThrownBy(() -> installer.remove(LocalHost.HOST, HERE))
                    .asInstanceOf(type(Failure.class))
                    .matches(failure -> failure.is("host.in-use"))
                    .matches(failure -> failure.output().getFirst().endsWith(" 1 operation1"));
            assertThat(helper).exists();
            Files.writeString(fifo, "go");
            assertThat(ended.get().succeeded()).isTrue();
        }
        installer.remove(LocalHost.HOST, HERE);
        assertThat(helper).doesNotExist();
    }

    @Test
    void aHostWhereTheProgramCannotRunCompilesIt() throws Exception {
        var foreign = Files.write(root.resolve("foreign"), new byte[] {0x7f, 'E', 'L', 'F', 0, 0, 0, 0});
        var answer = installer(foreign, Map.of()).install(LocalHost.HOST, HERE);
        assertThat(answer).startsWith("berth-host ");
        useOnce();
    }

    @Test
    void aHostWithoutACompilerSaysWhatIsMissingAndIsLeftAsItWas() throws Exception {
        var foreign = Files.write(root.resolve("foreign"), new byte[] {0x7f, 'E', 'L', 'F', 0, 0, 0, 0});
        var tools = Files.createDirectory(root.resolve("tools"));
        for (var tool : new String[] {"sh", "id", "rm", "mkdir", "tee", "wc", "chmod", "mv", "cat", "setsid"}) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }
        assertThatThrownBy(() ->
                        installer(foreign, Map.of("PATH", tools.toString())).install(LocalHost.HOST, HERE))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("host.cannot-run-helper"))
                .matches(failure -> failure.next().contains("C compiler"));
        assertThat(root.resolve("lib/berth")).isEmptyDirectory();
    }

    @Test
    void aLoginThatIsNotRootGetsASudoersEntryForTheHelperAlone() throws Exception {
        Files.writeString(sudoers, "#1000 ALL=(root) NOPASSWD: " + helper + " serve\n");
        var installer = installer(HelperBinary.path(), Map.of("PATH", toolsOfALogin("exit 0")));
        installer.install(LocalHost.HOST, HERE);
        installer.install(LocalHost.HOST, HERE);
        assertThat(sudoers)
                .hasContent("#1000 ALL=(root) NOPASSWD: " + helper + " serve\n#4711 ALL=(root) NOPASSWD: " + helper
                        + " serve\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sudoers)))
                .isEqualTo("r--r-----");
        assertThat(root.resolve("sudoers.d").toFile().list()).containsExactly("berth");
    }

    @Test
    void anEntryThatVisudoRefusesIsNotInstalled() throws Exception {
        var installer = installer(HelperBinary.path(), Map.of("PATH", toolsOfALogin("exit 1")));
        assertThatThrownBy(() -> installer.install(LocalHost.HOST, HERE))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("host.install-failed"))
                .matches(failure -> failure.why().contains("visudo"));
        assertThat(root.resolve("sudoers.d")).isEmptyDirectory();
        assertThat(root.resolve("lib/berth")).isEmptyDirectory();
    }

    @Test
    void aLoginWithoutSudoIsToldSo() throws Exception {
        var tools = toolsOfALogin("exit 0");
        Files.writeString(
                Path.of(tools.split(":", -1)[0], "sudo"),
                "#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n");
        assertThatThrownBy(() ->
                        installer(HelperBinary.path(), Map.of("PATH", tools)).install(LocalHost.HOST, HERE))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("host.no-sudo"));
    }

    /** A PATH on which this user is number 4711, sudo does what it is told, and visudo answers as said. */
    private String toolsOfALogin(String visudo) throws Exception {
        var tools = Files.createDirectory(root.resolve("login"));
        for (var tool : Map.of("id", "echo 4711", "sudo", "shift; exec \"$@\"", "visudo", visudo)
                .entrySet()) {
            var file = Files.writeString(tools.resolve(tool.getKey()), "#!/bin/sh\n" + tool.getValue() + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        return tools + ":/usr/bin:/bin";
    }

    private HelperInstaller installer(Path binary, Map<String, String> environment) {
        return new HelperInstaller(TransportSettings.defaults(), binary, HelperBinary.SOURCES, places, environment);
    }

    private Transports transport() {
        return new Transports(
                host -> HERE,
                TransportSettings.defaults().withLocalHelper(helper, Map.of("BERTH_STATE", state.toString())));
    }

    private void useOnce() {
        try (var transport = transport()) {
            var call = LocalHost.call(LocalHost.newVm(), 1, "operation1");
            assertThat(transport
                            .run(LocalHost.HOST, HostCommand.changing(call, "true"))
                            .succeeded())
                    .isTrue();
        }
    }
}
