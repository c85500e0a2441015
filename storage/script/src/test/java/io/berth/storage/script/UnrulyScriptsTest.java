package io.berth.storage.script;

import static io.berth.storage.files.FakeHelperTransport.withWord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.OperationId;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeRef;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of scripts that don't keep to the contract. */
class UnrulyScriptsTest {
    private static final DataSize SIZE = DataSize.ofMebibytes(2);

    private final StandInWorld world = new StandInWorld();
    private final VolumeRef volume = new VolumeRef(world.datastore(), "berth-one");

    @AfterEach
    void close() {
        world.close();
    }

    private Call call() {
        return world.call(new OperationId("abcdefgh"));
    }

    private void create() {
        world.driver().volumes().create(call(), volume, SIZE);
    }

    private void attach() {
        world.driver().attachments().attach(call(), volume, world.first());
    }

    private void detach() {
        world.driver().attachments().detach(call(), volume, world.first());
    }

    private boolean isAttached() {
        return world.driver().attachments().hosts(volume).contains(world.first());
    }

    private static Failure failure(ThrowingCallable attempt) {
        var failure = catchThrowableOfType(Failure.class, attempt);
        assertThat(failure).as("a failure that should have come").isNotNull();
        assertThat(failure.next()).isNotBlank();
        return failure;
    }

    private static String shell(String lines) {
        return "#!/bin/sh\n" + lines + "\n";
    }

    /** The example's own script of that name with something after it, whatever it ended with. */
    private void after(String name, String lines) {
        world.hosts.rename(name, name + ".sound");
        world.hosts.replace(name, shell("\"$0.sound\" \"$@\"\n" + lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "berth-one",
                "berth-one 4096",
                "berth-one 4096 much",
                "berth-one 4096 0 0",
                "berth-one  4096 0",
                "-x 4096 0",
                "berth.one 4096 0",
                "berth-one -1 0",
                "berth-one 4096 0\\n\\nberth-two 4096 0",
                "berth-one 4096 0\\nberth-one 4096 0",
                "\\000\\001\\377",
                "berth-one 99999999999999999999 0"
            })
    void aListThatMakesNoSenseIsRefusedAsAWhole(String text) {
        world.hosts.replace("list", shell("printf -- '" + text + "\\n'"));

        var failure = failure(() -> world.driver().volumes().list());

        assertThat(failure.code()).isEqualTo("script.unreadable");
        assertThat(failure.kind()).isEqualTo(FailureKind.STORAGE);
    }

    @ParameterizedTest
    @CsvSource({"list", "capacity", "devices"})
    void anEndlessAnswerIsRefused(String name) {
        world.hosts.replace(name, shell("yes 'berth-one 4096 0' | head -c 3000000"));

        assertThat(failure(() -> {
                            world.driver().volumes().list();
                            world.driver().volumes().capacity();
                            isAttached();
                        })
                        .code())
                .isEqualTo("script.unreadable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1 2 3", "1 -2", "one two", "1  2"})
    void roomThatMakesNoSenseIsRefused(String text) {
        world.hosts.replace("capacity", shell("echo '" + text + "'"));

        assertThat(failure(() -> world.driver().volumes().capacity()).code()).isEqualTo("script.unreadable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"berth-one", "berth-one dev/sdb", "berth-one /dev/a\\n/dev/b", "berth-one /dev/\\001"})
    void aDeviceListThatMakesNoSenseIsRefusedAndNothingCountsAsDetached(String text) {
        create();
        world.hosts.replace("devices", shell("printf -- '" + text + "\\n'"));

        assertThat(failure(() -> world.driver().attachments().device(volume, world.first()))
                        .code())
                .isEqualTo("script.unreadable");
        assertThat(failure(() -> world.driver().volumes().delete(call(), volume))
                        .code())
                .isEqualTo("script.unreadable");
        assertThat(world.driver().volumes().find(volume)).isPresent();
    }

    @Test
    void aVolumeThatIsOnlySaidToBeMadeIsNotMade() {
        world.hosts.replace("create", shell("exit 0"));

        var failure = failure(this::create);

        assertThat(failure.code()).isEqualTo("script.did-nothing");
        assertThat(failure.why()).contains("'list' doesn't name it");
    }

    @Test
    void aVolumeThatIsMadeTooSmallIsNotTaken() {
        world.hosts.replace("create", shell(". \"${0%/*}/common\"\ntruncate --size 4096 \"$(image \"$1\")\""));

        assertThat(failure(this::create).why()).contains("in place of");
    }

    @Test
    void aDeviceThatIsOnlySaidToBeThereIsNotThere() {
        create();
        world.hosts.replace("attach", shell("exit 0"));

        var failure = failure(this::attach);

        assertThat(failure.code()).isEqualTo("volume.attach-failed");
        assertThat(isAttached()).isFalse();
    }

    @Test
    void aDetachThatIsOnlySaidToBeDoneLeavesTheVolumeAttached() {
        create();
        attach();
        world.hosts.replace("detach", shell("exit 0"));

        var failure = failure(this::detach);

        assertThat(failure.code()).isEqualTo("volume.detach-failed");
        assertThat(isAttached()).isTrue();
    }

    @Test
    void aDeletionThatIsOnlySaidToBeDoneKeepsTheLedger() {
        world.driver().ledger().advance(call(), volume, 1, CheckpointState.ALLOCATED);
        create();
        world.hosts.replace("delete", shell("exit 0"));

        var failure = failure(() -> world.driver().volumes().delete(call(), volume));

        assertThat(failure.code()).isEqualTo("script.did-nothing");
        assertThat(world.driver().ledger().find(volume)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill -9 $$", "exit 1", "exit 2", "exit 127", "exit 255", "exit 79"})
    void howAnEndWithoutAMeaningCameAboutIsUnknown(String end) {
        world.hosts.replace("create", shell(end));

        var failure = failure(this::create);

        assertThat(failure.code()).isEqualTo("script.unclear");
        assertThat(failure.isUnknownOutcome()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill -9 $$", "exit 1"})
    void whatWasDoneBeforeAnEndWithoutAMeaningCounts(String end) {
        after("create", end);
        after("attach", end);
        after("detach", end);
        after("delete", end);

        create();
        attach();
        assertThat(isAttached()).isTrue();
        detach();
        assertThat(isAttached()).isFalse();
        world.driver().volumes().delete(call(), volume);

        assertThat(world.driver().volumes().list()).isEmpty();
    }

    @Test
    void anAttachThatSaysNoAndDidItLeavesNothingBehind() {
        create();
        after("attach", "echo 'no way' >&2; exit 80");

        var failure = failure(this::attach);

        assertThat(failure.code()).isEqualTo("script.refused");
        assertThat(failure.why()).contains("no way");
        assertThat(isAttached()).isFalse();
    }

    @Test
    void whileItIsUnknownWhetherADeviceIsThereNothingIsDetached() {
        create();
        world.transport.loseOnce(withWord(world.hosts.scripts + "/attach"), true);
        world.transport.forgetCommands();

        assertThat(failure(this::attach).isUnknownOutcome()).isTrue();

        assertThat(world.transport.commands()).noneMatch(command -> command.contains("/detach"));
        assertThat(isAttached()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "80, script.refused, STORAGE",
        "81, storage.no-space, STORAGE",
        "82, volume.in-use, CONFLICT",
        "83, host.unreachable, ENVIRONMENT"
    })
    void aRefusalHasAMeaningAndAReason(int code, String expected, FailureKind kind) {
        world.hosts.replace("create", shell("echo 'first line' >&2; echo 'the reason' >&2; exit " + code));

        var failure = failure(this::create);

        assertThat(failure.code()).isEqualTo(expected);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.why()).contains("the reason").doesNotContain("first line");
    }

    @Test
    void aRefusalToTellIsNoEmptyAnswer() {
        create();
        world.hosts.replace("list", shell("echo 'the array is rebooting' >&2; exit 80"));

        assertThat(failure(() -> world.driver().volumes().find(volume)).why()).contains("rebooting");
    }

    @Test
    void aScriptThatIsNotThereIsMissedByItsPath() {
        world.hosts.remove("create");

        var failure = failure(this::create);

        assertThat(failure.code()).isEqualTo("script.missing");
        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure.why()).contains(world.hosts.scripts + "/create");
    }

    @Test
    void aDeviceThatNeverAppearsIsNotTaken() {
        create();
        world.hosts.replace("attach", shell("touch \"$0.on\""));
        world.hosts.replace("detach", shell("rm \"${0%/*}/attach.on\""));
        world.hosts.replace("devices", shell("[ ! -e \"${0%/*}/attach.on\" ] || echo 'berth-one /dev/nowhere-at-all'"));

        var failure = failure(this::attach);

        assertThat(failure.code()).isEqualTo("volume.attach-failed");
        assertThat(failure.why()).contains("/dev/nowhere-at-all isn't there");
        assertThat(isAttached()).isFalse();
    }

    @Test
    void theDeviceOfAnotherVolumeIsNotTaken() {
        var other = new VolumeRef(world.datastore(), "berth-two");
        create();
        world.driver().volumes().create(call(), other, SIZE);
        var device = world.driver().attachments().attach(call(), other, world.first());
        after("devices", "echo 'berth-one " + device + "'");
        world.hosts.replace("attach", shell("exit 0"));

        var failure = failure(this::attach);

        assertThat(failure.code()).isEqualTo("volume.attach-failed");
        assertThat(failure.why()).contains("berth-two");
        assertThat(failure(() -> world.driver().attachments().device(volume, world.first()))
                        .code())
                .isEqualTo("volume.wrong-device");
    }

    @Test
    void aDeviceOfAnotherSizeIsNotTaken() {
        create();
        world.hosts.replace(
                "attach", shell(". \"${0%/*}/common\"\ntruncate --size 4096 \"$folder/small\"\ntouch \"$folder/on\""));
        world.hosts.replace("detach", shell(". \"${0%/*}/common\"\nrm \"$folder/on\""));
        world.hosts.replace(
                "devices", shell(". \"${0%/*}/common\"\n[ ! -e \"$folder/on\" ] || echo \"berth-one $folder/small\""));

        var failure = failure(this::attach);

        assertThat(failure.code()).isEqualTo("volume.attach-failed");
        assertThat(failure.why()).contains("in place of");
        assertThat(isAttached()).isFalse();
    }
}
