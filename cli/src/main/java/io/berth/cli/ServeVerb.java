package io.berth.cli;

import io.berth.engine.configuration.Configuration;
import io.berth.server.Daemon;
import io.berth.server.system.ServiceManager;
import java.util.concurrent.CountDownLatch;

/**
 * {@code berth serve}. The daemon's classes are loaded when it runs, and by no other command.
 */
final class ServeVerb {
    private ServeVerb() {}

    static Verb verb() {
        return Verb.of("serve", "Keep an engine at work for all other commands, until told to stop.", ServeVerb::run)
                .details(
                        "",
                        "Other commands of the same home use it by themselves. Once it is told to stop (SIGTERM,"
                                + " Ctrl-C) it",
                        "takes no new work, finishes or undoes what is under way, and ends.");
    }

    private static ExitCode run(Invocation invocation) {
        var session = invocation.session();
        var configuration = Configuration.read(session.home().configuration());
        var told = new CountDownLatch(1);
        try (var _ = session.interrupts().listen(told::countDown)) {
            var manager = ServiceManager.of(
                    session.environment(), ProcessHandle.current().pid());
            var daemon = Daemon.start(session.home(), configuration, manager, session::ownEngine);
            say(session, "ready: " + daemon.socket());
            daemon.missing().forEach(session::complain);
            told.await();
            say(session, "stopping");
            daemon.stop();
            return ExitCode.DONE;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCode.CANCELLED;
        }
    }

    /** At once: there is no end of the command that would do it. */
    private static void say(Session session, String line) {
        session.explain(line);
        session.output().flush();
    }
}
