package io.berth.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * An ssh connection that outlives the process which made it, so that the next one needn't log in again: a master of
 * Berth's own, never the site's, with Berth's own keep-alive. It ends by itself when it wasn't used for a while, or at
 * most 15 s after the host fell silent.
 *
 * @param socket where its master listens
 * @param idle how long it stays without use
 */
record SharedConnection(Path socket, Duration idle) {
    /** What fits into a unix socket's address, less what ssh adds to the name while it begins to listen. */
    private static final int LONGEST_PATH = 108 - 1 - 18;

    /** Loads what hashes a name and looks at a folder's owner. */
    static void prepare() {
        name("", List.of());
        isPrivate(Path.of("/"));
    }

    /** Empty when the settings don't want it, or no socket can be there. */
    static Optional<SharedConnection> to(String destination, TransportSettings settings) {
        return settings.sharing().flatMap(sharing -> {
            var socket = sharing.folder().resolve(name(destination, settings.ssh()));
            return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH
                            && isPrivate(sharing.folder())
                    ? Optional.of(new SharedConnection(socket, sharing.idle()))
                    : Optional.empty();
        });
    }

    /** Another configuration of ssh may mean another host by the same name. */
    private static String name(String destination, List<String> ssh) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((String.join("\0", ssh) + "\0" + destination).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Whoever could write there could listen in our master's place. */
    private static boolean isPrivate(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.getParent());
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            var mode = Files.getPosixFilePermissions(folder);
            return Files.getOwner(folder).getName().equals(System.getProperty("user.name"))
                    && mode.equals(PosixFilePermissions.fromString("rwx------"));
        } catch (IOException | UnsupportedOperationException unusable) {
            return false;
        }
    }

    /** Whether somebody has made it already. */
    boolean isThere() {
        return Files.exists(socket);
    }

    /** Zero would mean for ever to ssh. */
    List<String> options() {
        return List.of(
                "ControlMaster=auto", "ControlPath=" + escaped(), "ControlPersist=" + Math.max(1, idle.toSeconds()));
    }

    /** ssh reads a percent sign in a path as the beginning of a token. */
    private String escaped() {
        return socket.toString().replace("%", "%%");
    }

    /** The options of a connection that is nobody else's. */
    static List<String> noneOptions() {
        return List.of("ControlMaster=no", "ControlPath=none");
    }
}
