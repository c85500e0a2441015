package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.journal.OperationEntry;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The guest that tests send back and forth. It lives on from test to test, because a boot takes seconds; one that isn't
 * as it should be is replaced. What is said of it here isn't asked of Berth.
 */
final class Ferry {
    private static final int MEMORY_MEBIBYTES = 128;
    private static final int FILLED_MEBIBYTES = 48;
    private static int number;
    private static String name = "";

    private final Site site;
    private final Lab lab;
    private final Traces traces;

    Ferry(Site site) {
        this.site = site;
        this.lab = site.lab();
        this.traces = new Traces(lab);
    }

    String name() {
        return name;
    }

    Traces traces() {
        return traces;
    }

    UUID uuid(HostRef host) {
        return UUID.fromString(virsh(host, "domuuid", name).orFail().output());
    }

    /** It runs, and nothing of earlier tests is left. Answers where it is. */
    HostRef running() {
        var places = places();
        if (places.size() == 1 && isSoundOn(places.getFirst())) {
            return places.getFirst();
        }
        replace();
        return Site.H1;
    }

    private boolean isSoundOn(HostRef host) {
        return state(host).equals("running")
                && virsh(host, "list", "--persistent", "--name").output().contains(name)
                && traces.all().isEmpty()
                && unfinished().isEmpty();
    }

    private List<OperationEntry> unfinished() {
        return site.engine().upkeep().unfinished().stream()
                .filter(entry -> entry.vm().name().equals(name))
                .toList();
    }

    /** The same, on that host. */
    HostRef runningOn(HostRef host) {
        var here = running();
        if (!here.equals(host)) {
            requireSuccess(suspend(SuspendRequest.of(name)));
            requireSuccess(resume(host));
        }
        return host;
    }

    private void replace() {
        for (var host : List.of(Site.H1, Site.H2)) {
            lab.in(
                    host.name(),
                    "sh",
                    "-c",
                    "virsh -q list --uuid | xargs -r -n1 virsh -q destroy;"
                            + " virsh -q list --all --uuid | xargs -r -n1 virsh -q undefine");
            Emulators.endAll(lab, host.name());
        }
        traces.wipe();
        name = "ferry-" + ++number;
        lab.guest(
                name,
                "h1",
                "--disk",
                "--memory",
                Integer.toString(MEMORY_MEBIBYTES),
                "--dirty",
                Integer.toString(FILLED_MEBIBYTES));
    }

    Testimony hear() {
        return lab.hear(name);
    }

    Testimony goesOn(Testimony since) {
        return lab.goesOn(name, since);
    }

    /** Where an emulator has it, whatever libvirt says. */
    List<HostRef> places() {
        return List.of(Site.H1, Site.H2).stream()
                .filter(host -> !name.isEmpty() && Emulators.runs(lab, host.name(), name))
                .toList();
    }

    String state(HostRef host) {
        return virsh(host, "domstate", name).output();
    }

    Ran virsh(HostRef host, String... words) {
        var argv = new ArrayList<>(List.of("virsh", "-q"));
        argv.addAll(List.of(words));
        return lab.in(host.name(), new byte[0], argv);
    }

    SuspendRequest request(MemoryWriter writer) {
        return request(Site.FAST, writer);
    }

    SuspendRequest request(String datastore, MemoryWriter writer) {
        return new SuspendRequest(
                name, Optional.empty(), Optional.of(datastore), Optional.of(writer), Optional.empty(), false);
    }

    SuspendRequest request(MemoryWriter writer, DataSize volume) {
        return new SuspendRequest(
                name, Optional.empty(), Optional.empty(), Optional.of(writer), Optional.of(volume), false);
    }

    Report suspend(SuspendRequest request) {
        return site.engine().machines().suspend(request, Watch.none());
    }

    Report resume(HostRef host) {
        return site.engine().machines().resume(ResumeRequest.of(name, host), Watch.none());
    }

    static void requireSuccess(Report report) {
        assertThat(report.result().failure())
                .as("failure of %s", report.result().plan().kind())
                .isEmpty();
        assertThat(report.result().succeeded()).isTrue();
    }

    /** It goes on with the same memory on that host alone, and nothing else is left of what was done. */
    void assertGoesOnAt(HostRef host, Testimony since) {
        goesOn(since);
        assertThat(places()).isEqualTo(List.of(host));
        assertNothingLeft();
    }

    void assertNothingLeft() {
        assertThat(traces.all()).as("left behind").isEmpty();
        assertThat(unfinished()).isEmpty();
    }

    /** It is nowhere, and one checkpoint holds it. */
    void assertSuspended() {
        assertThat(places()).isEmpty();
        assertThat(traces.volumes()).hasSize(1);
        assertThat(traces.onHosts()).as("left behind on hosts").isEmpty();
    }

    /** It is nowhere, and one volume is there that may hold it. */
    void assertInOneVolume() {
        assertThat(places()).isEmpty();
        assertThat(traces.volumes()).hasSize(1);
    }

    void recover(HostRef... dead) {
        site.engine().upkeep().recover(Set.of(dead), Watch.none()).stream()
                .filter(recovered -> recovered.operation().vm().name().equals(name))
                .forEach(recovered -> assertThat(recovered.obstacle()).isEmpty());
    }

    /** Whether it prints nothing for as long as ten ticks take. */
    boolean isSilent() {
        var console = Console.of(lab, name);
        var before = console.last();
        return !Waiting.holdsWithin(Duration.ofSeconds(2), () -> !console.last().equals(before));
    }
}
