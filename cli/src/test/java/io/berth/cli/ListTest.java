package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.cli.output.Terminal;
import io.berth.core.journal.OperationState;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.CheckpointState;
import io.berth.engine.HostView;
import io.berth.engine.testkit.Samples;
import org.junit.jupiter.api.Test;

class ListTest {
    private final CommandLineFixture berth = new CommandLineFixture();

    @Test
    void vmsAreListedInColumnsThatFitWithTimesAndDashesForNothing() {
        berth.engine.machines.views.add(Samples.running("one-3"));
        berth.engine.machines.views.add(Samples.suspended("database"));

        assertThat(berth.run("vm", "list")).isZero();

        assertThat(berth.output()).isEqualTo("""
                NAME     STAT HOST CHECKPOINT                             TIME
                one-3    runn h1   -                                         -
                database susp h1   fast:berth-ckpt-01jq0000000000abcd 0d 00h32
                """);
        assertThat(berth.errors()).isEmpty();
    }

    @Test
    void coloursAndUnderlinesAreForTerminalsOnly() {
        berth.engine.machines.views.add(Samples.running("web"));
        berth.terminal = new Terminal(true, true, 80);

        berth.run("vm", "list", "-l", "STAT,NAME");

        assertThat(berth.output())
                .isEqualTo("\u001b[1;4mSTAT\u001b[0m \u001b[1;4mNAME\u001b[0m\n\u001b[32mrunn\u001b[0m web\n");
    }

    @Test
    void aHostileNameStaysOnItsLine() {
        berth.engine.machines.views.add(Samples.running("a\nb\u001b[31m\"$(reboot)\"../"));

        berth.run("vm", "list", "-l", "NAME", "--no-header");

        assertThat(berth.output()).isEqualTo("a\\nb\\u001b[31m\"$(reboot)\"../\n");
    }

    @Test
    void csvQuotesWhatHasCommasAndQuotes() {
        berth.engine.machines.views.add(Samples.running("a,\"b\""));

        berth.run("vm", "list", "--csv", "-l", "name,stat");

        assertThat(berth.output()).isEqualTo("NAME,STAT\n\"a,\"\"b\"\"\",runn\n");
    }

    @Test
    void csvTakesAnotherDelimiter() {
        berth.engine.machines.views.add(Samples.running("web"));

        berth.run("vm", "list", "--csv", "--csv-del", ";", "-l", "NAME,STAT", "--no-header");

        assertThat(berth.output()).isEqualTo("web;runn\n");
    }

    @Test
    void filtersCompareTextAmountsAndPatterns() {
        berth.engine.machines.views.add(Samples.running("web-1"));
        berth.engine.machines.views.add(Samples.suspended("web-2"));
        berth.engine.machines.views.add(Samples.suspended("database"));

        berth.run("vm", "list", "-l", "NAME", "--no-header", "-f", "STAT=susp", "-f", "NAME~^web");
        assertThat(berth.output()).isEqualTo("web-2\n");

        berth.run(
                "vm",
                "list",
                "-l",
                "NAME",
                "--no-header",
                "-f",
                "STAT=runn",
                "-f",
                "NAME=database",
                "--operator",
                "OR");
        assertThat(berth.output()).isEqualTo("web-1\ndatabase\n");

        berth.engine.checkpoints.entries.add(Samples.checkpoint("web", CheckpointState.COMPLETE));
        berth.run("checkpoint", "list", "-l", "SIZE", "--no-header", "-f", "SIZE>1G");
        assertThat(berth.output()).isEmpty();
        berth.run("checkpoint", "list", "-l", "SIZE", "--no-header", "-f", "SIZE>100M");
        assertThat(berth.output()).isEqualTo("104.7M\n");
    }

    @Test
    void anUnknownColumnAndABadFilterAreUsageErrors() {
        assertThat(berth.run("vm", "list", "-l", "NAME,COLOUR")).isEqualTo(2);
        assertThat(berth.errors()).contains("no column 'COLOUR'", "-> there are NAME, STAT");

        assertThat(berth.run("vm", "list", "-f", "NAME")).isEqualTo(2);
        assertThat(berth.errors()).contains("'NAME' is no filter");

        assertThat(berth.run("vm", "list", "-f", "NAME~[")).isEqualTo(2);
    }

    @Test
    void jsonHasNamesAsTheyAre() {
        berth.engine.machines.views.add(Samples.suspended("a\nb"));

        berth.run("vm", "list", "--json");

        assertThat(berth.output()).isEqualTo("""
                [ {
                  "name" : "a\\nb",
                  "uuid" : "%s",
                  "state" : "suspended",
                  "host" : "h1",
                  "reason" : "",
                  "checkpoint" : "fast:berth-ckpt-01jq0000000000abcd",
                  "since" : "2026-03-01T11:28:00Z"
                } ]
                """.formatted(Samples.vm("a\nb").uuid()));
    }

    @Test
    void aHostThatDoesNotAnswerIsNamedOnStandardErrorAndInTheExitCode() {
        berth.engine.machines.views.add(Samples.running("web"));
        berth.engine.machines.silent.add(Samples.failure(FailureKind.ENVIRONMENT));

        assertThat(berth.run("vm", "list", "-l", "NAME")).isEqualTo(5);

        assertThat(berth.output()).isEqualTo("NAME\nweb\n");
        assertThat(berth.errors()).contains("host:    h1");
    }

    @Test
    void checkpointsAreListed() {
        berth.engine.checkpoints.entries.add(Samples.checkpoint("web", CheckpointState.CONSUMED));

        berth.run("checkpoint", "list");

        assertThat(berth.output()).isEqualTo("""
                NAME                          DATASTORE VM  STAT   SIZE HOST     TIME
                berth-ckpt-01jq0000000000abcd fast      web used 104.7M h1   2d 00h00
                """);
    }

    @Test
    void operationsAreListedWithTheirMessages() {
        berth.engine.operations.entries.add(Samples.entry("web", OperationState.PENDING, "h1 is silent"));

        berth.run("operation", "list");

        assertThat(berth.output()).isEqualTo("""
                ID                 KIND    VM  STAT     TIME MESSAGE
                01jq0000000000abcd suspend web pend 1d 02h00 h1 is silent
                """);

        berth.run("operation", "list", "--vm", "other", "--no-header");
        assertThat(berth.output()).isEmpty();
    }

    @Test
    void hostsAreListed() {
        berth.engine.hosts.views.add(new HostView(Samples.HOST, "root@10.0.0.1", "libvirt"));

        berth.run("host", "list");

        assertThat(berth.output()).isEqualTo("NAME ADDRESS       HYPERVISOR\nh1   root@10.0.0.1 libvirt\n");
    }
}
