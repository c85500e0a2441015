package io.berth.opennebula.site;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** What would become of a link into this installation. */
public final class LinkChange implements SiteChange {
    private final Path link;
    private final Optional<Path> now;
    private final Optional<Path> then;

    private LinkChange(Path link, Optional<Path> now, Optional<Path> then) {
        this.link = link;
        this.now = now;
        this.then = then;
    }

    /** Empty where somebody else has put something: that stays. */
    static Optional<LinkChange> made(Path link, Path target) {
        return Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !isOurs(link, target)
                ? Optional.empty()
                : Optional.of(new LinkChange(link, target(link), Optional.of(target)));
    }

    /** Empty where there is none of Berth's. */
    static Optional<LinkChange> removed(Path link, Path target) {
        return isOurs(link, target)
                ? Optional.of(new LinkChange(link, target(link), Optional.empty()))
                : Optional.empty();
    }

    /** Of this installation or of another one. */
    private static boolean isOurs(Path link, Path target) {
        return target(link).filter(to -> to.endsWith(target.getFileName())).isPresent();
    }

    private static Optional<Path> target(Path link) {
        try {
            return Files.isSymbolicLink(link) ? Optional.of(Files.readSymbolicLink(link)) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Override
    public String path() {
        return link.toString();
    }

    @Override
    public String before() {
        return line(now);
    }

    @Override
    public String after() {
        return line(then);
    }

    private static String line(Optional<Path> target) {
        return target.map(to -> "link to " + to + "\n").orElse("");
    }

    void apply() {
        if (!isEffective()) {
            return;
        }
        try {
            if (then.isEmpty()) {
                Files.delete(link);
            } else if (now.isEmpty()) {
                Files.createSymbolicLink(link, then.get());
            } else {
                var fresh = link.resolveSibling(link.getFileName() + ".berth-new");
                Files.deleteIfExists(fresh);
                Files.move(Files.createSymbolicLink(fresh, then.get()), link, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException problem) {
            throw Failure.of(FailureKind.ENVIRONMENT, "install.unwritable", link + " can't be replaced")
                    .why(problem.getClass().getSimpleName() + ": " + problem.getMessage())
                    .next("run it as root or oneadmin, whose folder it is")
                    .cause(problem)
                    .build();
        }
    }

    @Override
    public String toString() {
        return path();
    }
}
