package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.engine.MachineState;
import io.berth.engine.Watch;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A real guest is suspended and resumed, and is the very same afterwards. */
@ExtendWith(LabExtension.class)
class SuspendResumeLabTest {
    private final Site site;
    private final Lab lab;
    private final Ferry ferry;

    SuspendResumeLabTest(Site site) {
        this.site = site;
        this.lab = site.lab();
        this.ferry = new Ferry(site);
    }

    @BeforeEach
    void aGuestRuns() {
        ferry.running();
    }

    private static Stream<Arguments> everyWriterOntoDevicesAndFiles() {
        return Stream.of(Site.FAST, Site.PLAIN)
                .flatMap(datastore -> Stream.of(MemoryWriter.values()).map(writer -> arguments(datastore, writer)));
    }

    @ParameterizedTest
    @MethodSource("everyWriterOntoDevicesAndFiles")
    void whatAnyWriterWroteGoesOnOnTheOtherHost(String datastore, MemoryWriter writer) {
        var here = ferry.running();
        var there = Site.other(here);
        var before = ferry.hear();

        Ferry.requireSuccess(ferry.suspend(ferry.request(datastore, writer)));

        ferry.assertSuspended();
        assertThat(ferry.virsh(here, "list", "--all", "--name").output()).doesNotContain(ferry.name());
        assertThat(site.engine().machines().find(ferry.name()).view().state()).isEqualTo(MachineState.SUSPENDED);
        Ferry.requireSuccess(ferry.resume(there));
        ferry.assertGoesOnAt(there, before);
        assertThat(ferry.virsh(there, "dominfo", ferry.name()).output()).containsPattern("Persistent: +yes");
    }

    @Test
    void aGuestOutlivesTheHostItWasSuspendedOn() {
        var here = ferry.running();
        var before = ferry.hear();
        Ferry.requireSuccess(ferry.suspend(SuspendRequest.of(ferry.name())));

        lab.powerOff(here.name());

        Ferry.requireSuccess(ferry.resume(Site.other(here)));
        ferry.goesOn(before);
        lab.powerOn(here.name());
        site.awaitHosts();
        ferry.assertGoesOnAt(Site.other(here), before);
        assertThat(ferry.virsh(here, "list", "--all", "--name").output()).doesNotContain(ferry.name());
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAM", "FAST"})
    void aGuestThatItsOwnerHadPausedStaysPaused(MemoryWriter writer) {
        var here = ferry.running();
        var before = ferry.hear();
        ferry.virsh(here, "suspend", ferry.name()).orFail();

        Ferry.requireSuccess(ferry.suspend(ferry.request(writer)));
        Ferry.requireSuccess(ferry.resume(here));

        assertThat(ferry.state(here)).isEqualTo("paused");
        assertThat(ferry.isSilent()).isTrue();
        ferry.virsh(here, "resume", ferry.name()).orFail();
        ferry.assertGoesOnAt(here, before);
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAM", "FAST"})
    void aTransientGuestIsTransientAgain(MemoryWriter writer) {
        var here = ferry.running();
        var there = Site.other(here);
        var before = ferry.hear();
        var definition = ferry.virsh(here, "dumpxml", "--inactive", ferry.name())
                .orFail()
                .bytes();
        ferry.virsh(here, "undefine", ferry.name()).orFail();

        Ferry.requireSuccess(ferry.suspend(ferry.request(writer)));
        Ferry.requireSuccess(ferry.resume(there));

        ferry.assertGoesOnAt(there, before);
        assertThat(ferry.virsh(there, "dominfo", ferry.name()).output()).containsPattern("Persistent: +no");
        lab.in(there.name(), definition, List.of("virsh", "define", "/dev/stdin"))
                .orFail();
    }

    @Test
    void aHostileNameIsANameLikeAnyOther() {
        var name = "a b 'c' \"d\" $(touch hit) `touch hit` ;|& <e> ..\\ é --help";
        lab.guest(name, "h1", "--disk");
        try {
            var before = lab.hear(name);
            Ferry.requireSuccess(site.engine().machines().suspend(SuspendRequest.of(name), Watch.none()));
            Ferry.requireSuccess(site.engine().machines().resume(ResumeRequest.of(name, Site.H2), Watch.none()));
            lab.goesOn(name, before);
            assertThat(ferry.traces().all()).isEmpty();
            assertThat(lab.in("h1", "find", "/root", "/tmp", "-name", "hit").output())
                    .isEmpty();
            assertThat(lab.in("h2", "find", "/root", "/tmp", "-name", "hit").output())
                    .isEmpty();
        } finally {
            for (var host : new String[] {"h1", "h2"}) {
                lab.in(host, "virsh", "destroy", "--domain", name);
                lab.in(host, "virsh", "undefine", "--domain", name);
            }
        }
    }
}
