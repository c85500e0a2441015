package io.berth.opennebula.site;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A configuration file of the site, read and replaced as a whole. Bytes are kept whatever they mean: each is one
 * character of the text. Passwords may be in it, so it is shown nowhere as a whole.
 *
 * @param path with links resolved, so that a link to it stays one
 */
record SiteFile(Path path, String text) {
    private static final long LARGEST = 4 << 20;
    private static final String BACKUP = ".before-berth";

    /** @throws Failure {@code install.unreadable} (ENVIRONMENT) */
    static SiteFile read(Path named) {
        try {
            var path = named.toRealPath();
            if (Files.size(path) > LARGEST) {
                throw unreadable(named, "it is larger than " + LARGEST + " bytes");
            }
            return new SiteFile(path, Files.readString(path, StandardCharsets.ISO_8859_1));
        } catch (IOException problem) {
            throw unreadable(named, problem.getClass().getSimpleName() + ": " + problem.getMessage());
        }
    }

    /**
     * Replaces the content at once or not at all, durably, with owner and mode kept; what was there stays beside it as
     * {@code NAME.before-berth}.
     *
     * @throws Failure {@code install.changed} (CONFLICT) when somebody wrote the file since it was read; {@code
     *     install.unwritable} (ENVIRONMENT); the file is as it was then
     */
    void replace(String content) {
        var fresh = path.resolveSibling(path.getFileName() + ".berth-new");
        try {
            var attributes = Files.readAttributes(path, PosixFileAttributes.class);
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            write(fresh, content);
            var view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.owner().equals(view.readAttributes().owner())) {
                view.setOwner(attributes.owner());
            }
            if (!attributes.group().equals(view.readAttributes().group())) {
                view.setGroup(attributes.group());
            }
            view.setPermissions(attributes.permissions());
            if (!read(path).text().equals(text)) {
                throw changed();
            }
            Files.copy(
                    path,
                    path.resolveSibling(path.getFileName() + BACKUP),
                    StandardCopyOption.COPY_ATTRIBUTES,
                    StandardCopyOption.REPLACE_EXISTING);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            sync(path.resolveSibling(""));
        } catch (IOException problem) {
            throw Failure.of(FailureKind.ENVIRONMENT, "install.unwritable", path + " can't be replaced")
                    .why(problem.getClass().getSimpleName() + ": " + problem.getMessage())
                    .next("run it as root, who owns OpenNebula's configuration")
                    .cause(problem)
                    .build();
        } finally {
            remove(fresh);
        }
    }

    private static void write(Path file, String content) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            // It has the mode of a secret, and the next run replaces it.
        }
    }

    private Failure changed() {
        return Failure.of(FailureKind.CONFLICT, "install.changed", path + " was written by somebody else meanwhile")
                .why("it isn't any more what was looked at")
                .next("look again, then repeat it")
                .build();
    }

    private static Failure unreadable(Path file, String why) {
        return Failure.of(FailureKind.ENVIRONMENT, "install.unreadable", file + " can't be read")
                .why(why)
                .next("run it on OpenNebula's front-end, as root; ONE_LOCATION names another place of OpenNebula")
                .build();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
