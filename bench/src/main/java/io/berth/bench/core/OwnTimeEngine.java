package io.berth.bench.core;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.GuestKind;
import io.berth.bench.stage.MeasuredEngine;
import io.berth.bench.stage.Stage;
import java.util.List;
import java.util.Optional;

/** What an engine that runs already adds to the commands on hosts, and the journal's part of it. */
final class OwnTimeEngine implements Measurement {
    private static final Target SUSPEND = Target.atMost(
            0.15, "s", "core.own-time-suspend-jvm", "suspend in a running JVM, without the time of commands on hosts");
    private static final Target RESUME = Target.atMost(
            0.15, "s", "core.own-time-resume-jvm", "resume in a running JVM, without the time of commands on hosts");
    private static final Target JOURNAL =
            Target.atMost(25, "ms", "core.journal-share", "time in the journal during one suspend");
    private static final int WARM_UP = 2;
    private static final double MILLIS = 1000;

    @Override
    public List<Target> targets() {
        return List.of(SUSPEND, RESUME, JOURNAL);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var guest = stage.guest(GuestKind.IDLE);
        var suspends = new Samples();
        var resumes = new Samples();
        var wholeSuspends = new Samples();
        var wholeResumes = new Samples();
        var journal = new Samples();
        var calls = new Samples();
        try (var engine = new MeasuredEngine(stage.home())) {
            for (var round = -WARM_UP; round < rounds; round++) {
                var suspended = engine.suspend(guest.name(), Optional.empty());
                var resumed = engine.resume(guest.name(), Stage.HOST);
                guest.settle();
                if (round >= 0) {
                    suspends.add(suspended.own());
                    wholeSuspends.add(suspended.seconds());
                    journal.add(suspended.journal() * MILLIS);
                    calls.add(suspended.journalCalls());
                    resumes.add(resumed.own());
                    wholeResumes.add(resumed.seconds());
                }
            }
        }
        return List.of(
                SUSPEND.at(suspends.median(), "own " + suspends + ", whole " + wholeSuspends),
                RESUME.at(resumes.median(), "own " + resumes + ", whole " + wholeResumes),
                JOURNAL.at(journal.median(), "ms " + journal + " in calls " + calls));
    }
}
