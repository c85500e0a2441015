package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.operation.SuspendRequest;
import io.berth.core.operation.TerminateRequest;
import io.berth.engine.Watch;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real guest is ended for good, and nothing of it is left but its disk. */
@ExtendWith(LabExtension.class)
class TerminateLabTest {
    private final Site site;
    private final Ferry ferry;

    TerminateLabTest(Site site) {
        this.site = site;
        this.ferry = new Ferry(site);
    }

    @BeforeEach
    void aGuestRuns() {
        ferry.running();
    }

    @Test
    void aGuestThatRunsIsGone() {
        terminate();

        assertGone();
    }

    @Test
    void aSuspendedGuestIsGoneWithItsCheckpoint() {
        Ferry.requireSuccess(ferry.suspend(SuspendRequest.of(ferry.name())));

        terminate();

        assertGone();
    }

    private void terminate() {
        Ferry.requireSuccess(site.engine().machines().terminate(TerminateRequest.of(ferry.name()), Watch.none()));
    }

    private void assertGone() {
        assertThat(ferry.places()).isEmpty();
        ferry.assertNothingLeft();
        for (var host : List.of(Site.H1, Site.H2)) {
            assertThat(ferry.virsh(host, "list", "--all", "--name").output()).doesNotContain(ferry.name());
        }
    }
}
