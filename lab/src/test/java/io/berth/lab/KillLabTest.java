package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.operation.SuspendRequest;
import io.berth.driver.HostRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A real engine is killed at each of the writes it makes to its journal, when a deed is done and not yet written down, in
 * suspends and in resumes; another puts things right. It is one guest that goes through all of it. With {@code
 * -Dberth.lab.thorough=true} also when a deed is written down and not yet begun.
 */
@ExtendWith(LabExtension.class)
class KillLabTest {
    private static final int FIRST = 1;

    /** Dying just after a write, with the deed not yet begun, takes as long again and is left to thorough runs. */
    private static final boolean THOROUGH = Boolean.getBoolean("berth.lab.thorough");

    private final Site site;
    private final Ferry ferry;

    KillLabTest(Site site) {
        this.site = site;
        this.ferry = new Ferry(site);
    }

    /** Where to die next. It goes on until the operation has no such write. */
    private record Position(int write, boolean after) {
        Position next() {
            return after || !THOROUGH ? new Position(write + 1, false) : new Position(write, true);
        }

        String when() {
            return after ? "after" : "before";
        }
    }

    @Test
    void theGuestOutlivesAnEngineKilledAtAnyWriteOfASuspendOrResume() {
        var here = ferry.running();
        var before = ferry.hear();
        var suspends = new Journey("suspend");
        var resumes = new Journey("resume");

        while (suspends.goesOn || resumes.goesOn) {
            var places = ferry.places();
            if (places.isEmpty()) {
                here = resumes.goesOn ? resumes.dieOnce(Site.other(here)) : resumeWhole(Site.other(here));
            } else if (suspends.goesOn) {
                here = suspends.dieOnce(places.getFirst());
            } else {
                Ferry.requireSuccess(ferry.suspend(SuspendRequest.of(ferry.name())));
            }
            ferry.recover();
            assertSettled(before, suspends + ", " + resumes);
        }

        if (ferry.places().isEmpty()) {
            resumeWhole(here);
        }
        ferry.assertGoesOnAt(ferry.places().getFirst(), ferry.goesOn(before));
        System.out.println("killed: " + suspends + ", " + resumes);
        assertThat(suspends.deaths).isGreaterThan(12);
        assertThat(resumes.deaths).isGreaterThan(8);
    }

    /**
     * It runs in one place and nothing is left, or it is suspended: never both, never neither. Its whole way so far is
     * judged, so a tick that is missing now is missed next time.
     */
    private void assertSettled(Testimony before, String when) {
        var places = ferry.places();
        if (places.isEmpty()) {
            ferry.assertSuspended();
        } else {
            assertThat(places).as(when).hasSize(1);
            assertThat(ferry.state(places.getFirst())).as(when).isEqualTo("running");
            ferry.assertNothingLeft();
            ferry.goesOn(before);
        }
    }

    private HostRef resumeWhole(HostRef host) {
        Ferry.requireSuccess(ferry.resume(host));
        return host;
    }

    /** One kind of operation, killed at one position after the other. */
    private final class Journey {
        private final String verb;
        private Position position = new Position(FIRST, false);
        private boolean goesOn = true;
        private int deaths;

        Journey(String verb) {
            this.verb = verb;
        }

        HostRef dieOnce(HostRef host) {
            var ran = ChildEngine.run(
                    DoomedEngine.class,
                    site.folder().toString(),
                    verb,
                    ferry.name(),
                    host.name(),
                    Integer.toString(position.write()),
                    position.when());
            if (ran.exitCode() == DoomedEngine.DIED) {
                deaths++;
            } else {
                // It had fewer writes than that.
                ran.orFail();
                goesOn = false;
            }
            position = position.next();
            return host;
        }

        @Override
        public String toString() {
            return verb + " " + deaths + " times, last " + position;
        }
    }
}
