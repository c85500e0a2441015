package io.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that outlive the process that made them: each {@link Transports} here is another process's. */
@Timeout(60)
final class SharedConnectionTest {
    private static final HostRef HOST = new HostRef("other");

    @TempDir
    Path folder;

    private SshHost server;
    private TransportSettings settings;
    private Path sockets;

    @BeforeEach
    void startServer() throws Exception {
        server = new SshHost(folder);
        sockets = folder.resolve("run/ssh");
        settings = TransportSettings.defaults()
                .withRemoteHelper(HelperBinary.path().toString())
                .withSsh(server.client("known"))
                .withSharing(Optional.of(new TransportSettings.Sharing(sockets, Duration.ofMinutes(1))));
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    @Test
    void theNextProcessGoesThroughTheConnectionOfTheOneBefore() throws IOException {
        answers();
        assertThat(server.connections())
                .as("it stays when the first one is closed")
                .isEqualTo(1);
        answers();
        assertThat(server.connections()).isEqualTo(1);
        SshConnector.forget(settings, SshHost.NAME);
        Wait.until(() -> server.connections() == 0);
    }

    @Test
    void itEndsByItselfWhenNobodyUsesIt() {
        settings = settings.withSharing(Optional.of(new TransportSettings.Sharing(sockets, Duration.ofMillis(1))));
        answers();
        Wait.until(() -> server.connections() == 0);
        answers();
    }

    @Test
    void aConnectionThatWasCutMeanwhileIsMadeAnew() {
        answers();
        server.cut();
        answers();
    }

    @Test
    void aSocketThatNobodyListensAtAnyMoreIsNoHindrance() throws IOException {
        answers();
        var socket = onlySocket();
        SshConnector.forget(settings, SshHost.NAME);
        Wait.until(() -> !Files.exists(socket));
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        answers();
    }

    @Test
    void somethingThatListensThereAndIsSilentIsLeftAlone() throws IOException {
        answers();
        var socket = onlySocket();
        SshConnector.forget(settings, SshHost.NAME);
        Wait.until(() -> !Files.exists(socket));
        try (var silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket));
            answers();
        }
    }

    @Test
    void aFolderThatOthersCanWriteToIsNotUsed() throws IOException {
        Files.createDirectories(sockets);
        Files.setPosixFilePermissions(sockets, PosixFilePermissions.fromString("rwxrwxrwx"));
        answers();
        assertThat(sockets).isEmptyDirectory();
        Wait.until(() -> server.connections() == 0);
    }

    @Test
    void aFolderWithALongPathIsNotUsed() {
        var deep = folder.resolve("a".repeat(60)).resolve("b".repeat(60));
        settings = settings.withSharing(Optional.of(new TransportSettings.Sharing(deep, Duration.ofMinutes(1))));
        answers();
        assertThat(deep).doesNotExist();
    }

    private Path onlySocket() throws IOException {
        try (var files = Files.list(sockets)) {
            return files.toList().getFirst();
        }
    }

    private void answers() {
        try (var transport = new Transports(host -> new HostAddress.Ssh(SshHost.NAME), settings)) {
            for (var word : List.of("one", "two")) {
                assertThat(transport
                                .run(HOST, HostCommand.reading("echo", word))
                                .output())
                        .isEqualTo(word + "\n");
            }
        }
    }
}
