package io.berth.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.journal.Journal.HostEntry;
import io.berth.driver.HostRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system without room, and one that is read-only, each in a mount namespace that ends with its process. */
final class ScarceDiskTest {
    @TempDir
    private Path folder;

    @Test
    void fullDiskRefusesTheWriteKeepsWhatWasWrittenAndGoesOnWhenThereIsRoom() throws Exception {
        var process = run("mount -t tmpfs -o size=2m,mode=0700 tmpfs \"$1\"", "fill");

        assertThat(ChildJvm.output(process)).containsExactly("journal.full ENVIRONMENT", "lost 0", "odd 1");
    }

    @Test
    void readOnlyFileSystemIsToldAtOnce() throws Exception {
        try (var journal = SqliteJournal.open(folder)) {
            journal.putHost(new HostEntry(new HostRef("h1"), "local", "libvirt"));
        }
        var process = run("mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\"", "open");

        assertThat(ChildJvm.output(process)).containsExactly("journal.read-only ENVIRONMENT");
        try (var journal = SqliteJournal.open(folder)) {
            assertThat(journal.hosts()).hasSize(1);
        }
    }

    private Process run(String mounts, String scenario) throws IOException {
        var unshare = new ArrayList<>(List.of("unshare", "--mount"));
        if (!System.getProperty("user.name").equals("root")) {
            unshare.add("--map-root-user");
        }
        unshare.addAll(List.of("sh", "-c", mounts + " && shift && exec \"$@\"", "sh", folder.toString()));
        return ChildJvm.start(unshare, ScarceDisk.class, scenario, folder.toString());
    }
}
