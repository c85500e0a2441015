package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.engine.EngineEvent;
import io.berth.engine.HostView;
import io.berth.engine.configuration.Configuration;
import io.berth.engine.configuration.Home;
import io.berth.engine.remote.DaemonSocket;
import io.berth.engine.testkit.FakeEngine;
import io.berth.engine.testkit.Samples;
import io.berth.opennebula.standin.Payload;
import io.berth.opennebula.standin.Requests;
import io.berth.server.Daemon;
import io.berth.server.system.ServiceManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Command lines in one place, a fake engine behind a daemon in another, a real socket between them. */
class DaemonCommandsTest {
    private static final String CHECKPOINT = "/var/lib/one//datastores/100/5/checkpoint";

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private final CommandLineFixture berth = new CommandLineFixture();
    private Home home;
    private Daemon daemon;

    @BeforeEach
    void start() throws IOException {
        home = Home.in(folder);
        Files.writeString(home.configuration(), "daemon:\n  finish-time: 0s\n  undo-time: 0s\n");
        daemon = Daemon.start(home, Configuration.read(home.configuration()), ServiceManager.none(), () -> engine);
        berth.environment.put("BERTH_HOME", folder.toString());
    }

    @AfterEach
    void stop() throws InterruptedException {
        daemon.stop();
    }

    @Test
    void commandsAreDoneByTheDaemonWhereOneRuns() {
        engine.machines.views.add(Samples.running("web"));

        assertThat(berth.run("vm", "list")).isZero();
        assertThat(berth.output()).contains("web");
        assertThat(berth.run("vm", "suspend", "web")).isZero();
        assertThat(berth.run("vm", "resume", "web")).isZero();

        assertThat(engine.machines.suspended).hasSize(1);
        assertThat(engine.machines.resumed).hasSize(1);
        assertThat(berth.openedHome).as("no engine of its own").hasToString("/never/opened");
    }

    @Test
    void stepsAreTold() {
        engine.machines.outcome = (name, watch) -> {
            watch.events().accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm(name), 3));
            watch.events()
                    .accept(new EngineEvent.StepBegins(
                            Samples.OPERATION, 1, "save", "write the memory", Direction.FORWARD));
            watch.events()
                    .accept(new EngineEvent.StepEnds(
                            Samples.OPERATION, "save", Direction.FORWARD, io.berth.core.journal.StepEvent.Phase.DONE));
            return Samples.report(name);
        };

        assertThat(berth.run("-v", "vm", "suspend", "web")).isZero();

        assertThat(berth.output()).contains("operation " + Samples.OPERATION, "write the memory: done");
    }

    @Test
    void ctrlCReachesTheOperationInTheDaemon() {
        engine.machines.outcome = (name, watch) -> {
            watch.events().accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm(name), 3));
            await().until(watch.cancellation()::requested);
            return Samples.report(
                    name, OperationState.FAILED, Optional.of(Samples.failure(FailureKind.CANCELLED)), false);
        };
        Thread.ofVirtual().start(() -> {
            await().until(() -> !engine.machines.suspended.isEmpty());
            berth.interrupts.press();
        });

        assertThat(berth.run("vm", "suspend", "web")).isEqualTo(6);
    }

    @Test
    void aRefusalOfTheDaemonsEngineReadsAsOneOfOnesOwn() {
        engine.machines.outcome = (name, watch) -> {
            throw Samples.failure(FailureKind.STORAGE);
        };

        var code = berth.run("vm", "suspend", "web");
        var errors = berth.errors();

        berth.engine.machines.outcome = engine.machines.outcome;
        assertThat(berth.run("--no-daemon", "vm", "suspend", "web")).isEqualTo(code);
        assertThat(berth.errors()).isEqualTo(errors);
    }

    @Test
    void withNoDaemonTheEngineIsOnesOwn() {
        assertThat(berth.run("--no-daemon", "vm", "suspend", "web")).isZero();

        assertThat(engine.machines.suspended).isEmpty();
        assertThat(berth.openedHome).isEqualTo(folder);
    }

    @Test
    void whenNobodyAnswersAnyMoreTheEngineIsOnesOwn() throws Exception {
        daemon.stop();

        assertThat(berth.run("vm", "suspend", "web")).isZero();

        assertThat(berth.errors()).isEmpty();
        assertThat(berth.openedHome).isEqualTo(folder);
    }

    @Test
    void aScriptInPlaceOfOpenNebulasAsksTheDaemonAndAnEngineOfItsOwnWhereNoneMayBeTrusted() throws IOException {
        var node = new HostView(new HostRef("node1"), "node1", "libvirt");
        engine.hosts.views.add(node);
        berth.engine.hosts.views.add(node);
        Files.createDirectories(folder.resolve("one/var"));
        Files.writeString(folder.resolve("one/var/config"), "SCRIPTS_REMOTE_DIR=/var/tmp/one\n");
        berth.environment.put("ONE_LOCATION", folder.resolve("one").toString());
        berth.input = Payload.encode(Requests.message(5, "node1")
                .replace(
                        "</TM_MAD></DATASTORE>",
                        "</TM_MAD><TEMPLATE><CHECKPOINT_LOCATION>block</CHECKPOINT_LOCATION>"
                                + "<BERTH_DATASTORE>fast</BERTH_DATASTORE></TEMPLATE></DATASTORE>"));
        String[] save = {"mad", "tmsave", "kvm", "one-5", CHECKPOINT, "node1", "5", "node1"};

        assertThat(berth.run(save)).isZero();
        assertThat(engine.machines.suspended).hasSize(1);
        assertThat(berth.openedHome).as("no engine of its own").hasToString("/never/opened");

        Files.setPosixFilePermissions(DaemonSocket.of(home).folder(), PosixFilePermissions.fromString("rwxrwxr-x"));
        assertThat(berth.run(save)).isZero();
        assertThat(engine.machines.suspended).hasSize(1);
        assertThat(berth.engine.machines.suspended).hasSize(1);
        assertThat(berth.output()).isEmpty();
        assertThat(berth.engine.closed).isTrue();
    }

    @Test
    void aDaemonWhoseFolderOthersCanWriteToIsLeftAloneWithAWarning() throws Exception {
        Files.setPosixFilePermissions(DaemonSocket.of(home).folder(), PosixFilePermissions.fromString("rwxrwxr-x"));

        assertThat(berth.run("vm", "suspend", "web")).isZero();

        assertThat(berth.errors()).contains("daemon.untrusted", "others can write to its folder");
        assertThat(engine.machines.suspended).isEmpty();
        assertThat(berth.openedHome).isEqualTo(folder);
    }
}
