package io.berth.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/** An ssh server on the loopback interface that runs commands on this machine, and a client configuration for it. */
final class SshHost implements AutoCloseable {
    static final String NAME = "ssh-host";

    private final Path folder;
    private final SshServer server;

    SshHost(Path folder) throws Exception {
        this.folder = folder;
        server = SshServer.setUpDefaultServer();
        server.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        var hostKey = new SimpleGeneratorHostKeyProvider(folder.resolve("server-key"));
        hostKey.setAlgorithm("EC");
        server.setKeyPairProvider(hostKey);
        server.setCommandFactory(new ProcessShellCommandFactory());
        var allowed = AuthorizedKeyEntry.parseAuthorizedKeyEntry(Files.readString(newKey("known")))
                .resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, allowed));
        server.start();
        newKey("stranger");
        writeKnownHosts(publicKeyOf(hostKey));
    }

    private static String publicKeyOf(SimpleGeneratorHostKeyProvider hostKey) throws Exception {
        var pair = hostKey.loadKeys(null).iterator().next();
        return PublicKeyEntry.toString(pair.getPublic());
    }

    private Path newKey(String name) throws IOException, InterruptedException {
        var file = folder.resolve(name);
        var made = new ProcessBuilder("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", file.toString()).start();
        if (made.waitFor() != 0) {
            throw new IOException("ssh-keygen failed");
        }
        return folder.resolve(name + ".pub");
    }

    void writeKnownHosts(String key) throws IOException {
        Files.writeString(folder.resolve("known_hosts"), "[127.0.0.1]:" + server.getPort() + " " + key + "\n");
    }

    /** The ssh client that logs in with the key of that name. */
    List<String> client(String key) throws IOException {
        var config = folder.resolve("config-" + key);
        Files.writeString(
                config, """
                Host %s
                  HostName 127.0.0.1
                  Port %d
                  User somebody
                  IdentityFile %s
                  IdentitiesOnly yes
                  IdentityAgent none
                  UserKnownHostsFile %s
                  GlobalKnownHostsFile /dev/null
                  StrictHostKeyChecking yes
                """.formatted(NAME, server.getPort(), folder.resolve(key), folder.resolve("known_hosts")));
        return List.of("ssh", "-F", config.toString());
    }

    /** Cuts all connections, as a network that breaks would. */
    void cut() {
        server.getActiveSessions().forEach(session -> ((Session) session).close(true));
    }

    /** How many logins there are now. */
    int connections() {
        return server.getActiveSessions().size();
    }

    /** No server listens there any more. */
    void goDown() throws IOException {
        cut();
        server.stop(true);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
