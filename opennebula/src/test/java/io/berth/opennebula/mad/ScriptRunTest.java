package io.berth.opennebula.mad;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.journal.OperationState;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.engine.HostView;
import io.berth.engine.MachineState;
import io.berth.engine.MachineView;
import io.berth.engine.testkit.FakeEngine;
import io.berth.engine.testkit.Samples;
import io.berth.opennebula.action.MemoryScript;
import io.berth.opennebula.line.RequestReader;
import io.berth.opennebula.memory.Engines;
import io.berth.opennebula.standin.Payload;
import io.berth.opennebula.standin.Recording;
import io.berth.opennebula.standin.Requests;
import io.berth.opennebula.standin.StubSite;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tmsave} and {@code tmrestore}, called as OpenNebula's own driver calls a local script. */
@Timeout(120)
class ScriptRunTest {
    private static final String CHECKPOINT = "/var/lib/one//datastores/100/5/checkpoint";
    private static final String BLOCK =
            "<CHECKPOINT_LOCATION>block</CHECKPOINT_LOCATION><BERTH_DATASTORE>fast</BERTH_DATASTORE>";

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Cancellation cancellation = Cancellation.never();
    private Runnable onSecondLook = () -> {};
    private StubSite site;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(folder);
        engine.hosts.views.add(new HostView(new HostRef("node1"), "node1", "libvirt"));
    }

    static Stream<String> recorded() throws IOException {
        return Recording.ofDriver("vmm-qemu")
                .flatMap(recording -> recording.exchanges().stream())
                .map(Recording.Exchange::request)
                .filter(request -> request.startsWith("SAVE ") || request.startsWith("RESTORE "));
    }

    /** Stock's script, on the host, with the words and the message that stock gives it: and nothing else, least of all networks. */
    @ParameterizedTest
    @MethodSource("recorded")
    void aRecordedRequestRunsTheHypervisorsOwnScriptAsStockDoes(String request) throws IOException {
        var words = request.split(" +");
        var script = MemoryScript.valueOf(words[0]);
        var message = site.asHere(Payload.decode(words[2]));
        var host = between(message, "HOST");
        var file = between(message, "CHECKPOINT_FILE");
        var guest = between(message, "DEPLOY_ID");

        var done = script == MemoryScript.SAVE
                ? run(script, message, guest, file, host, words[1], host)
                : run(script, message, file, host, guest, words[1], host);

        assertThat(done).isTrue();
        assertThat(site.takeCalls()).singleElement().satisfies(call -> {
            assertThat(call.where()).isEqualTo(host);
            assertThat(call.program())
                    .isEqualTo("/var/tmp/one/vmm/kvm/" + (words[0].equals("SAVE") ? "save" : "restore"));
            assertThat(call.input()).isEqualTo(Payload.asStockWritesIt(message) + "\n");
        });
    }

    private static String between(String message, String name) {
        var rest = message.substring(message.indexOf("<" + name + ">") + name.length() + 2);
        return rest.substring(0, rest.indexOf("</" + name + ">"))
                .replace("<![CDATA[", "")
                .replace("]]>", "");
    }

    @Test
    void theStorageDriversScriptsRunAroundIt() throws IOException {
        var driver = Path.of(site.asHere("/var/lib/one/remotes/tm/shared"));
        for (var hook : List.of("presave", "postsave", "prerestore", "postrestore")) {
            Files.copy(driver.resolve("premigrate"), driver.resolve(hook), StandardCopyOption.COPY_ATTRIBUTES);
        }

        assertThat(call(MemoryScript.SAVE, "")).isTrue();
        assertThat(scripts()).containsExactly("presave", "save", "postsave");
        assertThat(call(MemoryScript.RESTORE, "")).isTrue();
        assertThat(scripts()).containsExactly("prerestore", "restore", "postrestore");

        site.behave("save", 1, "", "ERROR: save: no room\nno room\n");
        assertThat(call(MemoryScript.SAVE, "")).isFalse();
        assertThat(scripts()).containsExactly("presave", "save", "postsave");
        assertThat(lines())
                .as("what isn't meant for a log is the reason")
                .last()
                .asString()
                .startsWith("no room");
    }

    @Test
    void aDatastoreThatWantsVolumesHasItsMemoryKeptByTheEngine() throws IOException {
        assertThat(call(MemoryScript.SAVE, BLOCK)).isTrue();
        assertThat(lines()).containsExactly("INFO: 5 Successfully execute virtualization driver operation: save.");
        engine.machines.views.add(view(MachineState.SUSPENDED));
        assertThat(call(MemoryScript.RESTORE, BLOCK)).isTrue();

        assertThat(engine.machines.suspended)
                .singleElement()
                .matches(request ->
                        request.vm().equals("one-5") && request.datastore().equals(Optional.of("fast")));
        assertThat(engine.machines.resumed).hasSize(1);
        assertThat(scripts()).isEmpty();
    }

    @Test
    void aFailureSaysWhyOnALineOfItsOwnAndIsOneOnlyWhileTheGuestRuns() throws IOException {
        engine.machines.views.add(view(MachineState.RUNNING));
        engine.machines.outcome = (vm, watch) -> {
            throw Samples.failure(FailureKind.STORAGE);
        };

        assertThat(call(MemoryScript.SAVE, BLOCK)).isFalse();
        assertThat(lines().getFirst()).startsWith("ERROR: 5 ");
        assertThat(lines().getLast())
                .startsWith(Samples.failure(FailureKind.STORAGE).what());
    }

    /** OpenNebula takes a script's end for the answer. */
    @Test
    void itDoesNotEndWhileItIsNotKnownWhereTheGuestIs() throws IOException {
        engine.upkeep.open.add(Samples.entry("one-5", OperationState.PENDING, ""));
        onSecondLook = engine.upkeep.open::clear;

        assertThat(call(MemoryScript.SAVE, BLOCK)).isTrue();
        assertThat(lines().getFirst()).startsWith("WARN: 5 No answer until it is known where the VM is: ");
    }

    @Test
    void aDaemonThatIsLostInTheMiddleIsNoFailure() throws IOException {
        engine.machines.outcome = (vm, watch) -> {
            engine.machines.views.add(view(MachineState.SUSPENDED));
            throw Failure.of(FailureKind.UNKNOWN_OUTCOME, "daemon.gone", "the daemon is gone")
                    .next("wait")
                    .build();
        };

        assertThat(call(MemoryScript.SAVE, BLOCK)).isTrue();
        assertThat(engine.machines.suspended).as("not done a second time").hasSize(1);
    }

    @Test
    void whoeverStopsItIsToldWhatCameOfItAllTheSame() throws IOException {
        engine.machines.views.add(view(MachineState.RUNNING));
        engine.machines.outcome = (vm, watch) -> {
            cancellation.request();
            assertThat(watch.cancellation().requested()).isTrue();
            return Samples.report(
                    vm, OperationState.FAILED, Optional.of(Samples.failure(FailureKind.CANCELLED)), false);
        };
        assertThat(call(MemoryScript.SAVE, BLOCK)).isFalse();

        engine.machines.outcome = (vm, watch) -> Samples.report(vm);
        assertThat(call(MemoryScript.SAVE, BLOCK)).as("it came too late").isTrue();
    }

    @Test
    void aHostThatBerthDoesNotKnowIsToldBeforeAnythingIsTouched() throws IOException {
        engine.hosts.views.clear();

        assertThat(call(MemoryScript.SAVE, BLOCK)).isFalse();
        assertThat(lines().getLast()).isEqualTo("Berth doesn't know the host node1");
        assertThat(engine.machines.suspended).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one-6 FILE node1 5 node1",
                "one-5 FILE node2 5 node1",
                "one-5 FILE node1 6 node1",
                "FILE node1 one-5 5 node1",
                "one-5",
                ""
            })
    void argumentsOfAnotherRequestThanTheMessagesAreRefused(String words) throws IOException {
        var message = site.asHere(Requests.message(5, "node1"));

        assertThat(run(
                        MemoryScript.SAVE,
                        message,
                        words.replace("FILE", site.asHere(CHECKPOINT)).split(" ")))
                .isFalse();
        assertThat(lines()).singleElement().asString().startsWith("arguments and message don't belong together");
        assertThat(scripts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(MemoryScript.class)
    void inputThatIsNoMessageIsRefused(MemoryScript script) throws IOException {
        var endless = "A".repeat(RequestReader.LONGEST + 1);
        for (var input : List.of("", "$(touch canary)", Payload.encode("<x/>"), Payload.encode("no xml"), endless)) {
            assertThat(new ScriptRun(site.settings("kvm"), engines(), errors(), cancellation)
                            .run(script, List.of("a"), new ByteArrayInputStream(input.getBytes(UTF_8))))
                    .isFalse();
            assertThat(lines()).singleElement().asString().isNotBlank();
        }
        assertThat(scripts()).isEmpty();
    }

    private boolean call(MemoryScript script, String attributes) throws IOException {
        var message = site.asHere(Requests.message(5, "node1", "", "")
                .replace("</TM_MAD></DATASTORE>", "</TM_MAD><TEMPLATE>" + attributes + "</TEMPLATE></DATASTORE>"));
        var file = site.asHere(CHECKPOINT);
        return switch (script) {
            case SAVE -> run(script, message, "one-5", file, "node1", "5", "node1");
            case RESTORE -> run(script, message, file, "node1", "one-5", "5", "node1");
        };
    }

    private boolean run(MemoryScript script, String message, String... arguments) throws IOException {
        return new ScriptRun(site.settings("kvm"), engines(), errors(), cancellation)
                .run(
                        script,
                        List.of(arguments),
                        new ByteArrayInputStream((Payload.encode(message) + "\n").getBytes(UTF_8)));
    }

    private Engines engines() {
        var looks = new AtomicInteger();
        return () -> {
            if (looks.incrementAndGet() == 2) {
                onSecondLook.run();
            }
            return engine;
        };
    }

    private PrintStream errors() {
        said.reset();
        return new PrintStream(said, true, UTF_8);
    }

    private List<String> lines() {
        return said.toString(UTF_8).lines().toList();
    }

    private List<String> scripts() throws IOException {
        return site.takeCalls().stream()
                .map(call -> Path.of(call.program()).getFileName().toString())
                .toList();
    }

    private static MachineView view(MachineState state) {
        return new MachineView(
                Samples.vm("one-5"), state, new HostRef("node1"), "", Optional.empty(), Optional.empty());
    }
}
