package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.HostRef;
import io.berth.opennebula.explain.Aftermath;
import io.berth.opennebula.explain.ScriptedDeed;
import io.berth.opennebula.standin.Payload;
import io.berth.opennebula.standin.Requests;
import io.berth.opennebula.testkit.Descriptions;
import io.berth.opennebula.testkit.StandInCore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real guests under Berth's drivers, processes as oned starts them. The core is a stand-in, the site's scripts were written
 * for this; what they do is real.
 */
@ExtendWith(LabExtension.class)
class OpenNebulaLabTest {
    /** On each host's own disk. */
    private static final String DATASTORES = "/srv/local/one";

    private static final String SCRIPT = "/var/tmp/left-behind";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final Lab lab;
    private final Traces traces;

    OpenNebulaLabTest(Site site) {
        this.lab = site.lab();
        this.traces = new Traces(lab);
    }

    @AfterEach
    void leaveNothing() {
        for (var host : List.of("h1", "h2")) {
            lab.in(host, "rm", "-rf", DATASTORES).orFail();
            lab.in(host, "sh", "-c", "virsh -q list --name | grep ^one- | xargs -r -n1 virsh -q destroy");
            lab.in(host, "sh", "-c", "virsh -q list --all --name | grep ^one- | xargs -r -n1 virsh -q undefine");
        }
        assertThat(traces.all()).as("left behind").isEmpty();
    }

    @Test
    void aVmLivesItsWholeLifeOnTwoHosts() {
        boot(5);
        var front = new FrontEnd(lab, folder, Site.text(lab));
        var definition = front.write(
                "deployment.0",
                lab.in("h1", "virsh", "dumpxml", "--inactive", "one-5").orFail().bytes());
        lab.in("h1", "virsh", "destroy", "one-5").orFail();
        lab.in("h1", "virsh", "undefine", "one-5").orFail();
        try (var oned = front.startDriver()) {
            var deployment = "<LOCAL_DEPLOYMENT_FILE>%s</LOCAL_DEPLOYMENT_FILE><REMOTE_DEPLOYMENT_FILE>%s"
                    .formatted(definition, "/srv/berth/one/5/deployment.0</REMOTE_DEPLOYMENT_FILE>");
            assertThat(oned.ask(request("DEPLOY", 5, Site.H1, deployment, Site.FAST)))
                    .matches("DEPLOY SUCCESS 5 [0-9a-f-]{36}");
            var seen = lab.boots("one-5");

            oned.ask(request("SAVE", 5, Site.H1, "", Site.FAST));
            assertThat(places(5)).isEmpty();
            assertThat(traces.volumes()).hasSize(1);
            assertThat(restored(front)).as("without a guest").isInstanceOf(Aftermath.NotDone.class);
            oned.ask(request("RESTORE", 5, Site.H1, "", Site.FAST));
            seen = lab.goesOn("one-5", seen);
            assertWhatIsAtWorkIsSeen(front);

            oned.ask(request("SAVE", 5, Site.H1, "", Site.FAST));
            oned.ask(request("RESTORE", 5, Site.H2, "", Site.FAST));
            seen = lab.goesOn("one-5", seen);
            assertThat(places(5)).containsExactly(Site.H2);

            oned.ask(move(Site.H2, Site.H1, Site.FAST));
            seen = lab.goesOn("one-5", seen);
            assertThat(places(5)).containsExactly(Site.H1);
            oned.ask(move(Site.H1, Site.H2, Site.FAST));
            lab.goesOn("one-5", seen);
            assertThat(places(5)).containsExactly(Site.H2);

            oned.ask(request("CANCEL", 5, Site.H2, "", Site.FAST));
            assertThat(places(5)).isEmpty();
            assertThat(traces.all()).isEmpty();
        }
    }

    /** A script that was left behind, and a job of libvirt's: a migration so slow that it is there when it is looked for. */
    private void assertWhatIsAtWorkIsSeen(FrontEnd front) {
        assertThat(restored(front)).isInstanceOf(Aftermath.Done.class);

        shell("""
                printf '#!/bin/sh\\nread -r _ <%1$s.end\\n' >%1$s
                chmod +x %1$s
                mkfifo %1$s.end
                %1$s one-5 h1 </dev/null >/dev/null 2>&1 &
                """.formatted(SCRIPT));
        Waiting.until("the script shows", PATIENCE, () -> restored(front) instanceof Aftermath.Untold);
        shell("echo >%1$s.end; rm %1$s %1$s.end".formatted(SCRIPT));
        awaitRestored(front);

        shell("virsh migrate --live --p2p --unsafe --bandwidth 1 one-5 qemu+tcp://h2/system >/dev/null 2>&1 &");
        Waiting.until("the job shows", PATIENCE, () -> restored(front) instanceof Aftermath.Untold);
        lab.in("h1", "virsh", "-q", "domjobabort", "one-5").orFail();
        awaitRestored(front);
    }

    private void shell(String script) {
        lab.in("h1", "sh", "-c", script).orFail();
    }

    private static void awaitRestored(FrontEnd front) {
        Waiting.until("nothing is at work", PATIENCE, () -> restored(front) instanceof Aftermath.Done);
    }

    /** What hosts show of a restore whose script has failed. */
    private static Aftermath restored(FrontEnd front) {
        return new ScriptedDeed.Restore("h1", "one-5", SCRIPT + " one-5 ").look(front.way(), Aftermath.Word.FAILED);
    }

    /** Each on a datastore of another kind, and one that is left to the site's scripts, all in hand at the same time. */
    @Test
    void vmsOnDatastoresOfAllKindsAreSavedAndRestoredAtOnce() {
        lab.ceph().up();
        var datastores = List.of(Site.FAST, Site.PLAIN, Site.RBD, Site.ODD, "");
        var front = new FrontEnd(lab, folder, Site.textWithCeph(lab));
        for (var vm = 5; vm < 5 + datastores.size(); vm++) {
            boot(vm);
        }
        var seen = new ArrayList<Testimony>();
        try (var oned = front.startDriver()) {
            for (var vm = 5; vm < 5 + datastores.size(); vm++) {
                seen.add(lab.hear("one-" + vm));
                oned.say(request("SAVE", vm, Site.H1, "", datastores.get(vm - 5)));
            }
            assertThat(answers(oned.hearAnswers(datastores.size())))
                    .containsExactlyInAnyOrder(all("SAVE SUCCESS %d -", datastores.size()));
            for (var vm = 5; vm < 5 + datastores.size(); vm++) {
                assertThat(places(vm)).isEmpty();
                var target = isOnlyOnItsHost(datastores.get(vm - 5)) ? Site.H1 : Site.H2;
                oned.say(request("RESTORE", vm, target, "", datastores.get(vm - 5)));
            }
            assertThat(answers(oned.hearAnswers(datastores.size())))
                    .containsExactlyInAnyOrder(all("RESTORE SUCCESS %d -", datastores.size()));
        }
        for (var vm = 5; vm < 5 + datastores.size(); vm++) {
            lab.goesOn("one-" + vm, seen.get(vm - 5));
            assertThat(places(vm)).hasSize(1);
        }
    }

    /** Of the folder that h1 has for itself, and of stock's files in its own folder. */
    private static boolean isOnlyOnItsHost(String datastore) {
        return datastore.equals(Site.ODD) || datastore.isEmpty();
    }

    private static String[] all(String answer, int count) {
        return IntStream.range(5, 5 + count).mapToObj(answer::formatted).toArray(String[]::new);
    }

    private static List<String> answers(List<String> lines) {
        return lines.stream().filter(line -> !line.startsWith("LOG ")).toList();
    }

    /** A sample of moments: what each call of the engine leaves behind is tried on simulated hosts. */
    @ParameterizedTest
    @ValueSource(ints = {150, 400, 900})
    void aRequestThatIsRepeatedToANewDriverAfterTheFirstWasKilledIsDone(int milliseconds) throws InterruptedException {
        boot(5);
        var front = new FrontEnd(lab, folder, Site.text(lab));
        var seen = lab.hear("one-5");
        for (var request : List.of(
                request("SAVE", 5, Site.H1, "", Site.FAST),
                request("RESTORE", 5, Site.H2, "", Site.FAST),
                move(Site.H2, Site.H1, Site.FAST))) {
            try (var oned = front.startDriver()) {
                oned.say(request);
                TimeUnit.MILLISECONDS.sleep(milliseconds); // the moment, whatever goes on in it
                oned.kill();
            }
            try (var oned = front.startDriver()) {
                oned.ask(request);
            }
        }
        lab.goesOn("one-5", seen);
        assertThat(places(5)).containsExactly(Site.H1);
    }

    @Test
    void theStockDriversScriptsSaveAndRestoreToo() {
        boot(5);
        var front = new FrontEnd(lab, folder, Site.text(lab));
        var seen = lab.hear("one-5");
        var file = "/var/lib/one//datastores/100/5/checkpoint";

        front.runScript("tmsave", payload("SAVE", Site.H1), "one-5", file, "h1", "5", "h1")
                .orFail();
        assertThat(places(5)).isEmpty();
        assertThat(traces.volumes()).hasSize(1);
        front.runScript("tmrestore", payload("RESTORE", Site.H2), file, "h2", "one-5", "5", "h2")
                .orFail();

        lab.goesOn("one-5", seen);
        assertThat(places(5)).containsExactly(Site.H2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "auto"})
    void aSuspendedVmsDirectoryGoesToTheHostThatItIsResumedOn(String shared) throws IOException {
        var directory = DATASTORES + "/100/5";
        lab.in("h1", "mkdir", "-p", directory).orFail();
        lab.in("h2", "mkdir", "-p", DATASTORES + "/100").orFail();
        lab.in("h1", "fallocate", "-l", "16MiB", directory + "/disk.0").orFail();
        lab.guest("one-5", "h1", "--disk", directory + "/disk.0", "--memory", "96", "--dirty", "16");
        try (var core = core(shared)) {
            var front = new FrontEnd(lab, folder, Site.textWithFolder(lab, DATASTORES + "/100", shared))
                    .with(core.environment(folder));
            var migrate =
                    front.write("transfer.0.migrate", """
                    MV ssh h1:%1$s/disk.0 h2:%1$s/disk.0 5 100
                    MV ssh h1:%1$s h2:%1$s 5 100
                    """.formatted(directory).getBytes(StandardCharsets.UTF_8));
            try (var vmm = front.startDriver();
                    var tm = front.startTransferManager()) {
                var seen = lab.hear("one-5");
                vmm.ask(request("SAVE", 5, Site.H1, "", Site.FAST));

                tm.ask("TRANSFER  5 " + migrate);

                assertThat(directories(Site.H1)).isEmpty();
                assertThat(directories(Site.H2)).containsExactly("5");
                vmm.ask(request("RESTORE", 5, Site.H2, "", Site.FAST));
                lab.goesOn("one-5", seen);
                assertThat(places(5)).containsExactly(Site.H2);
                assertThat(lab.in("h2", "ls", "-A", directory).output()).isEqualTo("disk.0");
            }
        }
    }

    private StandInCore core(String shared) throws IOException {
        var core = new StandInCore();
        var attributes = Map.of("DS_SHARED", shared, "BERTH_DIRECTORIES", Site.OWN);
        core.says("one.datastore.info 100", Descriptions.datastore(100, 1, "ssh", attributes));
        var uuid = lab.in("h1", "virsh", "domuuid", "one-5").orFail().output().strip();
        core.says("one.vm.info 5", Descriptions.vm(5, 3, 8, uuid, List.of()));
        return core;
    }

    private List<String> directories(HostRef host) {
        return lab.in(host.name(), "ls", "-A", DATASTORES + "/100")
                .orFail()
                .output()
                .lines()
                .toList();
    }

    @Test
    void whatStocksCephDriverSavedIsRestoredElsewhereFromItsImageWhichIsRemovedThen() {
        lab.ceph().up();
        boot(5);
        var images = new CephTraces(lab);
        var front = new FrontEnd(lab, folder, Site.textWithCeph(lab));
        var seen = lab.hear("one-5");
        var uuid = lab.in("h1", "virsh", "domuuid", "one-5").orFail().output();
        var image = StockCephSave.of(lab, Site.H1, "one-5", 5);
        assertThat(images.images()).containsExactly(image);
        try (var oned = front.startDriver()) {
            oned.ask(Payload.change(
                    request("RESTORE", 5, Site.H2, "", Site.RBD),
                    message -> message.replace("<TM_MAD>shared", "<TM_MAD>ceph")
                            .replace("<TEMPLATE><NIC>", "<TEMPLATE><OS><UUID>" + uuid + "</UUID></OS><NIC>")));
        }
        lab.goesOn("one-5", seen);
        assertThat(places(5)).containsExactly(Site.H2);
        assertThat(images.all()).isEmpty();
    }

    private static String payload(String action, HostRef host) {
        return request(action, 5, host, "", Site.FAST).split(" +")[2];
    }

    private void boot(int vm) {
        lab.guest("one-" + vm, "h1", "--disk", "--memory", "96", "--dirty", "16");
    }

    private List<HostRef> places(int vm) {
        return List.of(Site.H1, Site.H2).stream()
                .filter(host -> Emulators.runs(lab, host.name(), "one-" + vm))
                .toList();
    }

    private static String move(HostRef from, HostRef to, String datastore) {
        var command = "<TM_COMMAND><![CDATA[MIGRATE shared %s %s /srv/berth/one/5 5 100\n]]></TM_COMMAND>"
                .formatted(from, to);
        return Payload.change(
                request("MIGRATE", 5, from, command, datastore),
                message -> message.replace("<MIGR_HOST>", "<MIGR_HOST>" + to));
    }

    /** @param datastore of Berth's; empty: the site's scripts do it */
    private static String request(String action, int vm, HostRef host, String head, String datastore) {
        var attributes = datastore.isEmpty()
                ? ""
                : "<CHECKPOINT_LOCATION>block</CHECKPOINT_LOCATION><BERTH_DATASTORE>%s</BERTH_DATASTORE>"
                        .formatted(datastore);
        var message = Requests.message(vm, host.name(), head, "<NIC><VN_MAD>bridge</VN_MAD></NIC>")
                .replace("</TM_MAD></DATASTORE>", "</TM_MAD><TEMPLATE>" + attributes + "</TEMPLATE></DATASTORE>");
        return Requests.line(action, vm, message);
    }
}
