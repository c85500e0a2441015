package io.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.host.HostCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class SshTest {
    private static final HostRef HOST = new HostRef("other");

    @TempDir
    Path folder;

    private SshHost server;
    private String helper;
    private Transports transport;

    @BeforeEach
    void startServer() throws Exception {
        server = new SshHost(folder);
        // The guard's files belong to this test: a little program moves them, as no variable passes through ssh.
        helper = folder.resolve("berth-host").toString();
        Files.writeString(
                Path.of(helper),
                "#!/bin/sh\nBERTH_STATE=" + folder.resolve("state") + " exec " + HelperBinary.path() + " \"$@\"\n");
        assertThat(Path.of(helper).toFile().setExecutable(true)).isTrue();
        transport = transport("known");
    }

    @AfterEach
    void stopServer() throws Exception {
        transport.close();
        server.close();
    }

    @Test
    void hostileArgumentsArriveByteForByteThroughOneConnection() {
        var hostile = List.of("it's \"quoted\"", "new\nline", "$(touch /tmp/owned)", "`id`", "", "ünïcödé", "../..");
        for (var argument : hostile) {
            var result = transport.run(HOST, HostCommand.reading("printf", "%s", argument));
            assertThat(result.output()).isEqualTo(argument);
        }
    }

    @Test
    void theGuardWorksThereToo() {
        var vm = LocalHost.newVm();
        var guard = new HelperGuard(transport);
        guard.raise(HOST, LocalHost.token(vm, 3, "operation1"));
        assertThatThrownBy(() -> transport.run(HOST, HostCommand.changing(LocalHost.call(vm, 2, "operation0"), "true")))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("guard.refused"))
                .matches(failure -> failure.host().equals(Optional.of(HOST)));
    }

    @Test
    void aConnectionCutInMidCommandIsAnUnknownOutcomeAndTheNextCommandFindsTheHostAgain() throws Exception {
        var vm = LocalHost.newVm();
        var done = folder.resolve("done");
        var started = new CompletableFuture<String>();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var script = "echo up; while [ ! -e " + folder.resolve("go") + " ]; do sleep 0.05; done; touch " + done;
            var lost = tasks.submit(() -> transport.run(
                    HOST,
                    HostCommand.changing(LocalHost.call(vm, 1, "operation0"), "sh", "-c", script)
                            .withOutputLines(started::complete)));
            started.get();
            server.cut();
            assertThatThrownBy(lost::get)
                    .cause()
                    .asInstanceOf(type(Failure.class))
                    .matches(failure -> failure.is("host.lost") && failure.isUnknownOutcome());
        }
        // The command itself was not half killed: it holds its place until it ends.
        assertThat(new HelperGuard(transport).read(HOST, vm.uuid()).running())
                .isEqualTo(Optional.of(new OperationId("operation0")));
        Files.createFile(folder.resolve("go"));
        Wait.until(() -> Files.exists(done));
    }

    @Test
    void aRefusedKeyIsToldApart() throws Exception {
        try (var stranger = transport("stranger")) {
            assertThat(failureOf(stranger, HOST))
                    .matches(failure -> failure.is("host.ssh-refused") && failure.kind() == FailureKind.ENVIRONMENT)
                    .matches(failure -> failure.next().contains("authorized_keys"));
        }
    }

    @Test
    void anUnknownHostKeyIsToldApart() throws Exception {
        server.writeKnownHosts(Files.readString(folder.resolve("stranger.pub")).strip());
        assertThat(failureOf(transport, HOST)).matches(failure -> failure.is("host.unknown-key"));
    }

    @Test
    void aHostThatIsDownWasNeverSentAnything() throws Exception {
        assertThat(transport.run(HOST, HostCommand.reading("true")).succeeded()).isTrue();
        server.goDown();
        Wait.until(() -> failureOf(transport, HOST).is("host.unreachable"));
        var failure = failureOf(transport, HOST);
        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure.why()).contains("refused");
    }

    @Test
    void aHostWithoutTheHelperSaysHowToInstallIt() throws Exception {
        Files.delete(Path.of(helper));
        assertThat(failureOf(transport, HOST))
                .matches(failure -> failure.is("host.no-helper"))
                .matches(failure -> failure.next().contains("berth host add other"));
    }

    @Test
    void aLoginShellThatTalksIsToldSo() throws Exception {
        Files.writeString(Path.of(helper), "#!/bin/sh\necho 'Welcome to this host'\n");
        assertThat(failureOf(transport, HOST))
                .matches(failure -> failure.is("host.bad-answer"))
                .matches(failure -> failure.why().contains("Welcome"));
    }

    @Test
    void aSilentServerIsGivenUp() throws Exception {
        Files.writeString(Path.of(helper), "#!/bin/sh\nexec sleep 60\n");
        var began = System.nanoTime();
        try (var hasty = new Transports(
                host -> new HostAddress.Ssh(SshHost.NAME),
                settings("known").withConnectTimeout(Duration.ofSeconds(1)))) {
            assertThat(failureOf(hasty, HOST)).matches(failure -> failure.is("host.unreachable"));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void theHelperIsInstalledThroughSsh() throws Exception {
        var places = new HelperPlaces(
                folder.resolve("lib/berth-host").toString(),
                folder.resolve("state").toString(),
                folder.resolve("sudoers").toString());
        var installer =
                new HelperInstaller(settings("known"), HelperBinary.path(), HelperBinary.SOURCES, places, Map.of());
        var address = new HostAddress.Ssh(SshHost.NAME);
        assertThat(installer.install(HOST, address)).startsWith("berth-host ");
        assertThat(folder.resolve("lib/berth-host")).hasSameBinaryContentAs(HelperBinary.path());
        installer.remove(HOST, address);
        assertThat(folder.resolve("lib")).doesNotExist();
    }

    @Test
    void anAddressThatSshWouldTakeForAnOptionIsRefused() {
        for (var bad : List.of("-oProxyCommand=touch /tmp/owned", "", "a b", "host;id", "host\nname", "$(id)")) {
            assertThatThrownBy(() -> new HostAddress.Ssh(bad))
                    .asInstanceOf(type(Failure.class))
                    .matches(failure -> failure.is("host.bad-address"));
        }
    }

    private TransportSettings settings(String key) throws Exception {
        return TransportSettings.defaults().withRemoteHelper(helper).withSsh(server.client(key));
    }

    private Transports transport(String key) throws Exception {
        return new Transports(host -> new HostAddress.Ssh(SshHost.NAME), settings(key));
    }

    private static Failure failureOf(Transports transport, HostRef host) {
        try {
            transport.run(host, HostCommand.reading("true"));
            throw new AssertionError("it worked");
        } catch (Failure failure) {
            return failure;
        }
    }
}
