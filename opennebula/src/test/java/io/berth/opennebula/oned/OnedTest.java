package io.berth.opennebula.oned;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.xml.Xml;
import io.berth.opennebula.testkit.Descriptions;
import io.berth.opennebula.testkit.Descriptions.Stay;
import io.berth.opennebula.testkit.StandInCore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OnedTest {
    private static final int CALLERS = 300;

    @TempDir
    Path folder;

    private StandInCore core;
    private Oned oned;

    @BeforeEach
    void open() throws IOException {
        core = new StandInCore();
        oned = Oned.find(core.environment(folder));
    }

    @AfterEach
    void close() throws IOException {
        core.close();
    }

    @Test
    void readsAVmWithItsHistoryInOrder() {
        core.says(
                "one.vm.info 42",
                Descriptions.vm(
                        42, 3, 7, "one-42", List.of(new Stay("node1", "kvm", 100), new Stay("node2", "kvm", 101))));

        var vm = oned.vm(42);

        assertThat(vm.state()).isEqualTo(VmState.SAVE_MIGRATE);
        assertThat(vm.deployId()).isEqualTo("one-42");
        assertThat(vm.present()).map(HistoryRecord::host).contains("node2");
        assertThat(vm.previous()).map(HistoryRecord::datastore).contains(100);
    }

    @Test
    void readsTheDisksOfAVmAsFarAsTheCoreTellsOfThem() {
        core.says("one.vm.info 42", """
                <VM><ID>42</ID><TEMPLATE>
                <DISK><DISK_ID>0</DISK_ID><FORMAT>raw</FORMAT><SIZE>2048</SIZE><ORIGINAL_SIZE>256</ORIGINAL_SIZE>
                <SPARSE>NO</SPARSE><QCOW2_STANDALONE>yes</QCOW2_STANDALONE></DISK>
                <DISK><DISK_ID>1</DISK_ID><SIZE>much</SIZE><DISK_TYPE>BLOCK</DISK_TYPE><TM_MAD>fs_lvm</TM_MAD></DISK>
                </TEMPLATE></VM>""");

        assertThat(oned.disks(42))
                .containsExactly(
                        new Disk(0, "raw", "", "", Optional.of(2048L), Optional.of(256L), Optional.of(false), true),
                        new Disk(
                                1, "", "BLOCK", "fs_lvm", Optional.empty(), Optional.empty(), Optional.empty(), false));
    }

    @Test
    void readsWhatTellsOfAVmsDirectory() {
        core.says("one.vm.info 42", """
                <VM><ID>42</ID><STATE>3</STATE><LCM_STATE>43</LCM_STATE><TEMPLATE>
                <CONTEXT><DISK_ID>1</DISK_ID></CONTEXT><DISK><DISK_ID>0</DISK_ID><DISK_TYPE>RBD</DISK_TYPE></DISK>
                </TEMPLATE></VM>""");
        core.says(
                "one.vm.info 43", "<VM><ID>43</ID><STATE>3</STATE><LCM_STATE>43</LCM_STATE><TEMPLATE></TEMPLATE></VM>");

        assertThat(oned.storage(42)).satisfies(told -> {
            assertThat(told.state()).isEqualTo(VmState.PROLOG_MIGRATE_POWEROFF);
            assertThat(told.disks()).map(Disk::type).containsExactly("RBD");
            assertThat(told.contextDisk()).contains(1);
        });
        assertThat(oned.storage(43).contextDisk()).isEmpty();
    }

    @Test
    void readsHostsAndDatastoresWithTheirAttributes() {
        core.says("one.system.version", "7.0.1");
        core.says("one.hostpool.info", Descriptions.pool("HOST_POOL", Descriptions.host(2, "node1", "kvm")));
        core.says("one.datastore.info 100", Descriptions.datastore(100, 1, "ceph", Map.of("DS_SHARED", "yes")));
        core.says("one.datastorepool.info", Descriptions.pool("DATASTORE_POOL"));

        assertThat(oned.version()).isEqualTo("7.0.1");
        assertThat(oned.hosts()).containsExactly(new Host(2, "node1", "kvm"));
        assertThat(oned.datastores()).isEmpty();
        assertThat(oned.datastore(100)).satisfies(datastore -> {
            assertThat(datastore.type()).isEqualTo(DatastoreType.SYSTEM);
            assertThat(datastore.transferDriver()).isEqualTo("ceph");
            assertThat(datastore.attribute("DS_SHARED")).contains("yes");
            assertThat(datastore.attribute("SHARED")).isEmpty();
        });
    }

    @Test
    void recoversWithOpenNebulasNumber() {
        core.says("one.vm.recover 42 1", "42");

        oned.recover(42, Recovery.SUCCESS);

        assertThat(core.calls()).containsExactly("one.vm.recover 42 1");
    }

    @Test
    void anUnknownVmIsTheCallersMistake() {
        core.refuses("one.vm.info 7", 0x400, "[one.vm.info] Error getting virtual machine [7].");

        var failure = failure(() -> oned.vm(7));

        assertThat(failure.code()).isEqualTo("oned.no-such");
        assertThat(failure.kind()).isEqualTo(FailureKind.CALLER);
    }

    @Test
    void aStateThatHasChangedMeanwhileIsAConflict() {
        core.refuses("one.vm.recover 42 1", 0x800, "Wrong state to perform action");

        assertThat(failure(() -> oned.recover(42, Recovery.SUCCESS)).kind()).isEqualTo(FailureKind.CONFLICT);
    }

    @Test
    void aWrongPasswordIsToldWithoutThePassword() throws IOException {
        Files.writeString(folder.resolve("one_auth"), "oneadmin:wrong-secret\n");
        var other = Oned.find(Map.of(
                "ONE_XMLRPC",
                core.endpoint(),
                "ONE_AUTH",
                folder.resolve("one_auth").toString()));

        var failure = failure(other::version);

        assertThat(failure.code()).isEqualTo("oned.refused");
        assertThat(failure.toString() + failure.next() + other).doesNotContain("wrong-secret");
    }

    @Test
    void aCoreThatEchoesTheSessionDoesNotGetItShown() {
        core.refuses("one.vm.info 7", 0x2000, "bad session " + StandInCore.SESSION);

        var failure = failure(() -> oned.vm(7));

        assertThat(failure.getMessage()).contains("bad session ***").doesNotContain("not-a-real-password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no XML at all",
                "<methodResponse/>",
                "<html><body>hello</body></html>",
                "<methodResponse><params><param><value><array><data></data></array></value></param></params></methodResponse>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><methodResponse>&e;</methodResponse>"
            })
    void garbageIsNoAnswerAndAChangeIsThenUnknown(String body) {
        core.replies("one.vm.info 42", StandInCore.whole(body));
        core.replies("one.vm.recover 42 1", StandInCore.whole(body));

        assertThat(failure(() -> oned.vm(42)))
                .extracting(Failure::code, Failure::kind)
                .containsExactly("oned.garbled", FailureKind.ENVIRONMENT);
        assertThat(failure(() -> oned.recover(42, Recovery.SUCCESS)))
                .extracting(Failure::code, Failure::kind)
                .containsExactly("oned.garbled", FailureKind.UNKNOWN_OUTCOME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<VM/>",
                "<VM><ID>x</ID></VM>",
                "<HOST><ID>1</ID></HOST>",
                "<VM><ID>42</ID><STATE>3</STATE></VM>",
                "<VM><ID>42</ID><STATE>3</STATE><LCM_STATE>99999999999</LCM_STATE></VM>"
            })
    void aDescriptionThatLacksWhatItNeedsIsToldAsStrange(String description) {
        core.says("one.vm.info 42", description);

        assertThat(failure(() -> oned.vm(42)).code()).isEqualTo("oned.strange");
    }

    @Test
    void aStateOfANewerOpenNebulaIsOneNobodyHasHeardOf() {
        core.says("one.vm.info 42", Descriptions.vm(42, 3, 999, "", List.of()));

        assertThat(oned.vm(42).state()).isEqualTo(VmState.UNHEARD_OF);
    }

    @Test
    void aFaultIsNoAnswer() {
        core.replies("one.vm.info 42", StandInCore.whole("""
            <methodResponse><fault><value><struct>
            <member><name>faultCode</name><value><int>-506</int></value></member>
            <member><name>faultString</name><value><string>Method not defined</string></value></member>
            </struct></value></fault></methodResponse>\
            """));

        assertThat(failure(() -> oned.vm(42)))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("oned.fault"))
                .satisfies(failure -> assertThat(failure.why()).contains("-506", "Method not defined"));
    }

    @Test
    void anEndlessAnswerIsReadNoFurtherThanItMay() {
        core.replies("one.vm.info 42", out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
            var piece = new byte[1 << 16];
            Arrays.fill(piece, (byte) ' ');
            for (var sent = 0L; sent < 4L * Xml.LONGEST; sent += piece.length) {
                out.write(piece);
            }
        });

        assertThat(failure(() -> oned.vm(42)).code()).isEqualTo("oned.too-large");
    }

    @Test
    void anAnswerThatIsCutOffLeavesAChangeUnknown() {
        var whole = StandInCore.http("200 OK", StandInCore.answer(true, "42", 0));
        core.replies("one.vm.recover 42 1", out -> out.write(whole, 0, whole.length - 30));

        assertThat(failure(() -> oned.recover(42, Recovery.SUCCESS)).kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
    }

    /** One that another caller has used may be at its end. */
    @Test
    void whoeverAsksHasAConnectionOfHisOwnThoughTheCoreDoesNotSayThatItClosesThem() {
        var body = StandInCore.answer(true, "7.0.1", 0);
        core.replies(
                "one.system.version",
                out -> out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(US_ASCII)));

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = Stream.generate(() -> callers.submit(oned::version))
                    .limit(CALLERS)
                    .toList();

            assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isEqualTo("7.0.1"));
        }
    }

    /** The JDK's client is known to repeat a POST by itself when the connection ends without an answer. */
    @Test
    void aChangeWhoseConnectionEndsIsSentOnceAndItsOutcomeUnknown() {
        core.replies("one.vm.recover 42 1", out -> out.close());

        var failure = failure(() -> oned.recover(42, Recovery.SUCCESS));

        assertThat(failure.code()).isEqualTo("oned.no-answer");
        assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        assertThat(core.calls()).hasSize(1);
    }

    @Test
    void aCoreThatDripsIsGivenUpWhenItsTimeIsOver() {
        var done = new CountDownLatch(1);
        core.replies("one.vm.info 42", out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
            try {
                while (!done.await(20, TimeUnit.MILLISECONDS)) {
                    out.write(' ');
                    out.flush();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        var hasty = new Oned(new OnedAccess(
                URI.create(core.endpoint()), new OnedSession(folder, StandInCore.SESSION), Duration.ofMillis(500)));

        try {
            assertThat(failure(() -> hasty.vm(42)).code()).isEqualTo("oned.no-answer");
        } finally {
            done.countDown();
        }
    }

    @Test
    void aRedirectIsNotFollowedWithThePasswordInHand() throws IOException {
        try (var other = new StandInCore()) {
            core.replies(
                    "one.vm.info 42",
                    out -> out.write(("HTTP/1.1 307 Temporary\r\nLocation: " + other.endpoint()
                                    + "\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(UTF_8)));

            assertThat(failure(() -> oned.vm(42)).code()).isEqualTo("oned.not-oned");
            assertThat(other.calls()).isEmpty();
        }
    }

    @Test
    void nobodyThereMeansThatNothingWasSentNotEvenAChange() throws IOException {
        core.close();

        assertThat(failure(() -> oned.recover(42, Recovery.SUCCESS)))
                .extracting(Failure::code, Failure::kind)
                .containsExactly("oned.unreachable", FailureKind.ENVIRONMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://h/x", "http://", "nonsense", "http://oneadmin:secret@h:2633/RPC2", "file:///etc/passwd"})
    void anAddressThatIsNoneIsRefused(String endpoint) {
        assertThatThrownBy(() -> Oned.find(Map.of("ONE_XMLRPC", endpoint, "ONE_AUTH", "/nowhere")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("oned.bad-endpoint"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-colon", ":empty", "two:lines\nhere"})
    void aFileThatHoldsNoSessionIsToldWithoutItsContent(String content) throws IOException {
        Files.writeString(folder.resolve("other"), content);

        var failure = failure(
                () -> Oned.find(Map.of("ONE_AUTH", folder.resolve("other").toString())));

        assertThat(failure.code()).isEqualTo("oned.no-auth");
        if (!content.isEmpty()) {
            assertThat(failure.getMessage()).doesNotContain(content);
        }
    }

    @Test
    void theSessionIsFoundInTheHome() throws IOException {
        Files.createDirectories(folder.resolve(".one"));
        Files.writeString(folder.resolve(".one/one_auth"), StandInCore.SESSION);
        core.says("one.system.version", "6.10.0");

        var found = Oned.find(Map.of("HOME", folder.toString(), "ONE_XMLRPC", core.endpoint()));

        assertThat(found.version()).isEqualTo("6.10.0");
    }

    private static Failure failure(ThrowingCallable call) {
        return catchThrowableOfType(Failure.class, call);
    }
}
