package io.berth.hypervisor.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.DeviceReading;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.driver.hypervisor.ImageHeader;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.hypervisor.RestoreRequest;
import io.berth.driver.hypervisor.SaveRequest;
import io.berth.tck.HypervisorWorld;
import io.berth.tck.HypervisorWorld.Kind;
import java.nio.file.Files;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that don't keep to their contract, and answers that don't come. */
class UnrulyGuestScriptsTest {
    private final VirtualBoxStandInWorld world = new VirtualBoxStandInWorld();
    private final HypervisorDriver driver = world.driver();

    @AfterEach
    void close() {
        world.close();
    }

    private static Failure failure(ThrowingCallable attempt) {
        var failure = catchThrowableOfType(Failure.class, attempt);
        assertThat(failure).as("a failure that should have come").isNotNull();
        assertThat(failure.next()).isNotBlank();
        return failure;
    }

    private GuestState state(VmRef vm) {
        return driver.find(world.first(), vm.uuid()).orElseThrow().state();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo garbage",
                "echo",
                "printf '\\377\\376\\n'",
                "echo 'b67d8f3e-0f2f-4a55-9a3a-0d9e6a2d3c11 asleep kept it'",
                "echo 'B67D8F3E-0f2f-4a55-9a3a-0d9e6a2d3c11 running kept it'",
                "yes",
                "kill -9 $$",
                "exit 1"
            })
    void aListThatCanNotBeReadIsNeverTakenForAnEmptyHost(String line) {
        var vm = world.startGuest(Kind.PERSISTENT);
        world.replace("list", "#!/bin/sh\n" + line.replace("yes", "yes | head -c 2000000") + "\n");

        var failure = failure(() -> driver.find(world.first(), vm.uuid()));

        assertThat(failure.code()).startsWith("script.");
    }

    @Test
    void aMissingScriptIsNamed() throws Exception {
        Files.delete(world.scripts.resolve("list"));

        var failure = failure(() -> driver.list(world.first()));

        assertThat(failure.code()).isEqualTo("script.missing");
        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure.why()).contains("'list'");
    }

    @Test
    void aScriptThatSaysDoneAndDidNothingIsFoundOut() {
        var vm = world.startGuest(Kind.PERSISTENT);
        world.replace("pause", "#!/bin/sh\nexit 0\n");

        var failure = failure(() -> driver.pause(world.call(vm), world.first(), vm));

        assertThat(failure.code()).isEqualTo("script.untrue");
        assertThat(state(vm)).isEqualTo(GuestState.RUNNING);
    }

    @Test
    void aScriptThatDidItAndSaysNoIsNotBelieved() {
        var vm = world.startGuest(Kind.PERSISTENT);
        world.replace("pause", "#!/bin/sh\nVBoxManage controlvm \"$1\" pause\nexit 80\n");

        driver.pause(world.call(vm), world.first(), vm);

        assertThat(state(vm)).isEqualTo(GuestState.PAUSED);
    }

    @Test
    void whatAScriptThatDiesHasDoneIsUnknownWhenItIsNotSo() {
        var vm = world.startGuest(Kind.PERSISTENT);
        world.replace("pause", "#!/bin/sh\nkill -9 $$\n");

        var failure = failure(() -> driver.pause(world.call(vm), world.first(), vm));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "echo 0", "echo many", "echo 99999999999", "echo 1; echo 2"})
    void aSaveWithoutAnHonestLengthIsNoImage(String line) {
        var vm = world.startGuest(Kind.PERSISTENT);
        driver.pause(world.call(vm), world.first(), vm);
        world.replace("save", "#!/bin/sh\n" + line + "\n");
        var device = world.device(driver.estimate(world.first(), vm).bound());

        var failure = failure(() -> save(vm, device));

        assertThat(failure.code()).isEqualTo("script.unreadable");
        assertThat(driver.inspect(world.first(), device.on(world.first())).form())
                .isEqualTo(ImageHeader.Form.PARTIAL);
        assertThat(state(vm)).isEqualTo(GuestState.PAUSED);
    }

    @Test
    void aGuestThatASaveLeavesRunningHasNoCompleteImage() {
        var vm = world.startGuest(Kind.PERSISTENT);
        driver.pause(world.call(vm), world.first(), vm);
        world.replace("save", "#!/bin/sh\nVBoxManage controlvm \"$1\" resume\necho 4096\n");
        var device = world.device(driver.estimate(world.first(), vm).bound());

        var failure = failure(() -> save(vm, device));

        assertThat(failure.code()).isEqualTo("vm.ran");
        assertThat(driver.inspect(world.first(), device.on(world.first())).form())
                .isEqualTo(ImageHeader.Form.PARTIAL);
    }

    private void save(VmRef vm, HypervisorWorld.SharedDevice device) {
        driver.saveMemory(
                world.call(vm),
                world.first(),
                vm,
                new SaveRequest(device.on(world.first()), device.size(), MemoryWriter.SNAPSHOT, false));
    }

    /** Saves the guest, ends it, and says how it is restored on the other host. */
    private RestoreRequest saved(VmRef vm) {
        driver.pause(world.call(vm), world.first(), vm);
        var device = world.device(driver.estimate(world.first(), vm).bound());
        var definition = driver.describe(world.first(), vm).definition();
        save(vm, device);
        driver.destroy(world.call(vm), world.first(), vm);
        var length = driver.imageLength(world.first(), device.on(world.first()));
        return new RestoreRequest(
                vm, device.on(world.second()), length, DeviceReading.CACHED, definition, Optional.empty());
    }

    @Test
    void aRestoreWhoseAnswerIsLostIsFoundWhenItIsAskedForAgain() {
        var vm = world.startGuest(Kind.TRANSIENT);
        var request = saved(vm);
        var call = world.call(vm);
        world.transport.loseAnswerOf(GuestFunction.RESTORE);

        var lost = failure(() -> driver.restorePaused(call, world.second(), request));

        assertThat(lost.isUnknownOutcome()).isTrue();
        driver.restorePaused(call, world.second(), request);
        assertThat(driver.isMadeBy(world.second(), vm, call.token().operation()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a &amp; b.vdi", "c.vdi"})
    void aGuestWhoseDiskIsNotOnTheHostIsNotRestored(String name) throws Exception {
        var disk = world.root.resolve(name.replace("&amp;", "&"));
        Files.createFile(disk);
        var vm = world.startGuestWith(world.root + "/" + name);
        var request = saved(vm);
        Files.delete(disk);

        var failure = failure(() -> driver.restorePaused(world.call(vm), world.second(), request));

        assertThat(failure.toString() + failure.why() + failure.output()).contains(disk.toString());
        assertThat(driver.find(world.second(), vm.uuid())).isEmpty();
        Files.createFile(disk);
        driver.restorePaused(world.call(vm), world.second(), request);
        assertThat(driver.find(world.second(), vm.uuid())).isPresent();
    }

    @Test
    void aRestoreThatLetsTheGuestRunIsInDoubt() {
        var vm = world.startGuest(Kind.TRANSIENT);
        var request = saved(vm);
        world.append("restore", "vbox startvm \"$1\" --type headless");

        var failure = failure(() -> driver.restorePaused(world.call(vm), world.second(), request));

        assertThat(failure.code()).isEqualTo("restore.in-doubt");
        assertThat(failure.isUnknownOutcome()).isTrue();
    }
}
