package io.berth.lab;

import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.HostRef;
import io.berth.engine.Machines;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import io.berth.engine.configuration.Configuration;
import io.berth.engine.configuration.Home;
import io.berth.engine.embedded.EmbeddedEngines;
import io.berth.journal.sqlite.SqliteJournal;
import java.nio.file.Path;

/**
 * A process of its own that suspends or resumes one VM and dies at a chosen write of the journal. Arguments: home,
 * {@code suspend} or {@code resume}, VM, host, number of the write, {@code before} or {@code after}. Ends with 7 when it
 * died so, with 0 when the operation had fewer writes and succeeded.
 */
final class DoomedEngine {
    static final int DIED = 7;

    private DoomedEngine() {}

    public static void main(String[] words) {
        var home = Home.in(Path.of(words[0]));
        var journal = new DyingJournal(
                SqliteJournal.open(home.state()),
                Integer.parseInt(words[4]),
                words[5].equals("after"),
                () -> Runtime.getRuntime().halt(DIED));
        try (var engine = EmbeddedEngines.over(journal, Configuration.read(home.configuration()))) {
            var result = report(engine.machines(), words[1], words[2], new HostRef(words[3]))
                    .result();
            if (!result.succeeded()) {
                throw new AssertionError(result.message());
            }
        }
    }

    private static Report report(Machines machines, String verb, String vm, HostRef host) {
        return verb.equals("suspend")
                ? machines.suspend(SuspendRequest.of(vm), Watch.none())
                : machines.resume(ResumeRequest.of(vm, host), Watch.none());
    }
}
