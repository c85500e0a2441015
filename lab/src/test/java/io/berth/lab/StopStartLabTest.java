package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.operation.StartRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.engine.MachineState;
import io.berth.engine.Watch;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real guest gives its host up and goes on, here or there. */
@ExtendWith(LabExtension.class)
class StopStartLabTest {
    private final Site site;
    private final Ferry ferry;

    StopStartLabTest(Site site) {
        this.site = site;
        this.ferry = new Ferry(site);
    }

    @BeforeEach
    void aGuestRuns() {
        ferry.running();
    }

    @Test
    void aStoppedGuestGoesOnAtTheHostThatIsNamed() {
        var here = ferry.running();
        var before = ferry.hear();

        stop(SuspendRequest.of(ferry.name()));
        ferry.assertSuspended();
        assertThat(state()).isEqualTo(MachineState.STOPPED);
        start(Optional.of(Site.other(here)));

        ferry.assertGoesOnAt(Site.other(here), before);
    }

    @Test
    void aStoppedGuestGoesOnWhereThereIsRoomWhenNoHostIsNamed() {
        var before = ferry.hear();
        stop(SuspendRequest.of(ferry.name()));

        start(Optional.empty());

        ferry.goesOn(before);
        assertThat(ferry.places()).hasSize(1);
        ferry.assertNothingLeft();
    }

    @Test
    void aHostThatIsSwitchedOffIsNoHindrance() {
        var here = ferry.running();
        var before = ferry.hear();
        stop(SuspendRequest.of(ferry.name()));
        site.lab().powerOff(here.name());

        start(Optional.empty());

        assertThat(ferry.places()).containsExactly(Site.other(here));
        site.lab().powerOn(here.name());
        site.awaitHosts();
        ferry.assertGoesOnAt(Site.other(here), before);
    }

    @Test
    void whatOnlyItsOwnHostCouldReachIsRefusedBeforeAnythingIsTouched() {
        ferry.runningOn(Site.H1);

        assertThatThrownBy(
                        () -> site.engine().machines().stop(ferry.request(Site.ODD, MemoryWriter.STREAM), Watch.none()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("stop.bound-to-host"));

        assertThat(ferry.state(Site.H1)).isEqualTo("running");
        ferry.assertNothingLeft();
    }

    private void stop(SuspendRequest request) {
        Ferry.requireSuccess(site.engine().machines().stop(request, Watch.none()));
    }

    private void start(Optional<HostRef> host) {
        Ferry.requireSuccess(
                site.engine().machines().start(new StartRequest(ferry.name(), host, Set.of()), Watch.none()));
    }

    private MachineState state() {
        return site.engine().machines().find(ferry.name()).view().state();
    }
}
