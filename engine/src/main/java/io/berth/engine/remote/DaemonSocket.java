package io.berth.engine.remote;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.engine.configuration.Home;
import io.berth.engine.remote.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/**
 * Where the daemon of a home listens, and whether what listens there may be trusted: somebody else's process could
 * answer that a VM was saved that wasn't.
 */
public record DaemonSocket(Path folder, String name) {
    private static final String NAME = "berth.sock";
    private static final int ROOT = 0;
    /** What a unix socket's address has room for, without its end (unix(7)). */
    private static final int LONGEST_PATH = 107;

    public static DaemonSocket of(Home home) {
        return new DaemonSocket(home.run(), NAME);
    }

    public Path path() {
        return folder.resolve(name);
    }

    /** Whether a socket can have that path at all. */
    public boolean fits() {
        return path().toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
    }

    /** Whether somebody listens, whoever it is. */
    public boolean isAnswered() {
        if (!fits() || !Files.exists(path(), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (var _ = Exchange.connect(path())) {
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Why this user must not trust what listens there: {@code daemon.untrusted}. Empty: he may. */
    public Optional<Failure> distrust() {
        try {
            var user = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            if (!isTrusted(owner(folder), user)) {
                return Optional.of(distrusted("its folder belongs to another user"));
            }
            if (!isTrusted(owner(path()), user)) {
                return Optional.of(distrusted("it belongs to another user"));
            }
            var attributes = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isDirectory()
                    || attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                    || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
                return Optional.of(distrusted("others can write to its folder"));
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of(distrusted("it can't be looked at: " + unreadable.getMessage()));
        }
    }

    private static boolean isTrusted(int owner, int user) {
        return owner == ROOT || owner == user;
    }

    private static int owner(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private Failure distrusted(String why) {
        return Failure.of(
                        FailureKind.ENVIRONMENT,
                        "daemon.untrusted",
                        "the daemon at " + Printable.line(path().toString()) + " isn't trusted")
                .why(why)
                .next("look who made it; root and you may, in a folder that nobody else can write to")
                .build();
    }
}
