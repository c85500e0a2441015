package io.berth.opennebula.site;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What would become of a script of the site's: a link into this installation has its place and runs it, or it has its
 * place again. At every moment there is one under its name.
 */
public final class ScriptReplacement implements SiteChange {
    private static final String SITES = "the site's own script\n";

    private final Path script;
    private final Path kept;
    private final Path target;
    private final boolean wanted;

    private ScriptReplacement(Path script, Path kept, Path target, boolean wanted) {
        this.script = script;
        this.kept = kept;
        this.target = target;
        this.wanted = wanted;
    }

    /**
     * @param script the site's
     * @param kept what it is called from now on
     * @param target what has its place
     */
    static ScriptReplacement made(Path script, Path kept, Path target) {
        return new ScriptReplacement(script, kept, target, true);
    }

    /** The way back. */
    static ScriptReplacement undone(Path script, Path kept, Path target) {
        return new ScriptReplacement(script, kept, target, false);
    }

    /** Whether a link to that program has the script's place, of this installation or of another one. */
    static boolean isDone(Path script, Path target) {
        try {
            return Files.isSymbolicLink(script)
                    && Files.readSymbolicLink(script).endsWith(target.getFileName());
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public String path() {
        return script.toString();
    }

    @Override
    public String before() {
        try {
            return isDone(script, target) ? link(Files.readSymbolicLink(script)) : SITES;
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public String after() {
        return wanted ? link(target) : SITES;
    }

    private String link(Path to) {
        return "link to " + to + ", and beside it, as " + kept.getFileName() + ", " + SITES;
    }

    void apply() {
        if (!isEffective()) {
            return;
        }
        try {
            if (wanted) {
                replace();
            } else {
                Files.move(kept, script, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException problem) {
            throw Failure.of(FailureKind.ENVIRONMENT, "install.unwritable", script + " can't be replaced")
                    .why(problem.getClass().getSimpleName() + ": " + problem.getMessage())
                    .next(
                            "run it as root or oneadmin, whose folder it is; a script that is lost comes with opennebula's package")
                    .cause(problem)
                    .build();
        }
    }

    private void replace() throws IOException {
        if (!isDone(script, target)) {
            // An upgrade of OpenNebula may have put a newer one in place since an older one was kept.
            Files.move(Files.createLink(fresh(kept), script), kept, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(Files.createSymbolicLink(fresh(script), target), script, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path fresh(Path file) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".berth-new");
        if (Files.exists(fresh, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(fresh);
        }
        return fresh;
    }

    @Override
    public String toString() {
        return path();
    }
}
