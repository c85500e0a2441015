package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.storage.Capacity;
import io.berth.engine.DatastoreView;
import io.berth.engine.Finding;
import io.berth.engine.testkit.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth datastore} and {@code berth doctor}: on a fake engine, and on a real one with a stand-in for a host. */
class DatastoreCommandsTest {
    private final CommandLineFixture berth = new CommandLineFixture();

    @TempDir
    Path folder;

    @Test
    void listShowsRoomAndHostsAndWhatCouldNotBeAsked() {
        var room = new Capacity(DataSize.ofMebibytes(2048), DataSize.ofMebibytes(1024));
        berth.engine.datastores.views.add(
                new DatastoreView("fast", "loop", List.of(new HostRef("h1"), new HostRef("h2")), Optional.of(room)));
        assertThat(berth.run("datastore", "list")).isZero();
        assertThat(berth.output()).contains("fast loop    2.0G 1.0G h1 h2");

        berth.engine.datastores.views.add(new DatastoreView("slow", "ceph", List.of(), Optional.empty()));
        berth.engine.datastores.silent.add(Samples.failure(FailureKind.STORAGE));
        assertThat(berth.run("datastore", "list", "--json")).isEqualTo(5);
        assertThat(berth.output()).contains("\"total_bytes\" : 2147483648", "\"free_bytes\" : null");
        assertThat(berth.errors()).contains("test.failure");
    }

    @Test
    void checkShowsEveryFindingAndTellsHowToMendTheBadOnes() {
        berth.engine.datastores.findings.add(Finding.good("h1 attach", "attach it (7 ms)"));
        assertThat(berth.run("datastore", "check", "fast")).isZero();
        assertThat(berth.engine.datastores.checked).containsExactly("fast");
        assertThat(berth.output()).contains("h1 attach good attach it (7 ms)");

        berth.engine.datastores.findings.add(Finding.trouble("h1 flush", Samples.failure(FailureKind.STORAGE)));
        assertThat(berth.run("datastore", "check", "fast", "--csv")).isEqualTo(5);
        assertThat(berth.output()).contains("h1 attach,good,attach it (7 ms)", "h1 flush,bad,");
        assertThat(berth.errors()).contains("test.failure", "-> do something");
    }

    @Test
    void aCheckThatLeftSomethingBehindSaysSoByItsExitCode() {
        berth.engine.datastores.findings.add(Finding.trouble("h1 flush", Samples.failure(FailureKind.STORAGE)));
        berth.engine.datastores.findings.add(
                Finding.trouble("h1 tidy-up", Samples.failure(FailureKind.UNKNOWN_OUTCOME)));

        assertThat(berth.run("datastore", "check", "fast")).isEqualTo(3);
    }

    @Test
    void doctorShowsWhatIsWellAndWhatIsNot() {
        berth.engine.upkeep.findings.add(Finding.good("journal", "whole"));
        assertThat(berth.run("doctor")).isZero();

        berth.engine.upkeep.findings.add(Finding.trouble("leftovers", Samples.failure(FailureKind.CONFLICT)));
        assertThat(berth.run("doctor", "--json")).isEqualTo(5);
        assertThat(berth.output())
                .contains("\"subject\" : \"leftovers\"", "\"good\" : false", "\"code\" : \"test.failure\"");
    }

    @Test
    void aSoundDatastoreIsGoodInEveryStepAndNothingIsLeft() throws Exception {
        var host = StandInHost.in(folder, "trainee");
        host.configure("directory", "folder: " + host.store);

        var check = host.berth("datastore", "check", "fast", "--csv");

        assertThat(check.code()).as(check.errors()).isZero();
        assertThat(check.output().lines().skip(1).map(line -> line.split(",")[0]))
                .containsExactly(
                        "capacity",
                        "h1 connection",
                        "h1 create",
                        "h1 ledger",
                        "h1 attach",
                        "h1 clear",
                        "h1 write",
                        "h1 flush",
                        "h1 detach",
                        "h1 attach-elsewhere",
                        "h1 drop-cache",
                        "h1 compare",
                        "h1 detach-elsewhere",
                        "h1 delete");
        assertThat(host.stored()).isEmpty();
        assertThat(host.berth("gc", "--csv").output().lines().skip(1)).isEmpty();
    }

    @Test
    void aStepThatFailsIsNamedAndAllBeforeItIsTakenBack() throws Exception {
        var host = StandInHost.in(folder, "trainee"); // whose losetup has no free device

        var check = host.berth("datastore", "check", "fast", "--csv");

        assertThat(check.code()).isEqualTo(5);
        assertThat(check.output()).contains("h1 ledger,good", "h1 attach,bad").doesNotContain("h1 clear", "tidy-up");
        assertThat(check.errors()).contains("volume.attach-failed");
        assertThat(host.stored()).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereIsSaid() throws Exception {
        var host = StandInHost.in(folder, "trainee");
        host.configure("directory", "folder: /nowhere/at/all");

        var check = host.berth("datastore", "check", "fast");

        assertThat(check.code()).isEqualTo(5);
        assertThat(check.output()).contains("capacity", "bad");
        assertThat(check.errors()).contains("/nowhere/at/all", "-> ");
    }

    @Test
    void anUnknownDatastoreIsACallersError() throws Exception {
        var host = StandInHost.in(folder, "trainee");

        var check = host.berth("datastore", "check", "fats");

        assertThat(check.code()).isEqualTo(2);
        assertThat(check.errors()).contains("datastore.unknown");
    }

    @Test
    void aHealthySiteIsWell() throws Exception {
        var host = StandInHost.in(folder, "trainee");

        var doctor = host.berth("doctor", "--csv");

        assertThat(doctor.code()).as(doctor.output() + doctor.errors()).isZero();
        assertThat(doctor.output().lines().skip(1).map(line -> line.split(",")[0]))
                .containsExactly(
                        "configuration",
                        "journal",
                        "host h1 connection",
                        "host h1 helper",
                        "host h1 hypervisor",
                        "host h1 clock",
                        "datastore fast",
                        "operations",
                        "leftovers");
        assertThat(doctor.output()).contains("libvirt 9.0.0", "level ");
    }

    @Test
    void aClockThatIsOffIsTrouble() throws Exception {
        var host = StandInHost.in(folder, "trainee");
        host.program("date", "echo 1000000000000");

        var doctor = host.berth("doctor", "--csv");

        assertThat(doctor.code()).isEqualTo(5);
        assertThat(doctor.output()).contains("host h1 clock,bad");
        assertThat(doctor.errors()).contains("host.clock-off", "behind");
    }

    @Test
    void whatNobodyOwnsIsTrouble() throws Exception {
        var host = StandInHost.in(folder, "trainee");
        Files.write(host.store.resolve("berth-ckpt-nobodyknowsthis.img"), new byte[4096]);

        var doctor = host.berth("doctor", "--csv");

        assertThat(doctor.code()).isEqualTo(5);
        assertThat(doctor.output()).contains("leftovers,bad");
        assertThat(doctor.errors()).contains("leftovers.found", "'berth gc'");
    }

    @Test
    void aHostThatCanNotBeReachedIsTroubleAndHidesNothingElse() throws Exception {
        var host = StandInHost.in(folder, "trainee");
        host.program("ssh", "exit 255");

        var doctor = host.berth("doctor", "--csv");

        assertThat(doctor.code()).isEqualTo(5);
        assertThat(doctor.output()).contains("journal,good", "host h1 connection,bad");
    }
}
