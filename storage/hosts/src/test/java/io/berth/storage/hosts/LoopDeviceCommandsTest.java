package io.berth.storage.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Call;
import io.berth.driver.DevicePath;
import io.berth.driver.FencingToken;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LoopDeviceCommandsTest {
    private static final VmRef VM = new VmRef(UUID.fromString("d9c0f7a2-1111-4222-8333-444455556666"), "guest");
    private static final Call CALL = Call.of(new FencingToken(VM, 3, new OperationId("abcdefgh")));
    private static final DevicePath DEVICE = new DevicePath("/dev/loop7");
    private static final String FILE = "/srv/a b/$(x)/berth-1.img";

    @Test
    void devicesAreMadeWithDirectInputAndOutputAndNeverTwice() {
        assertThat(LoopDeviceCommands.attach(CALL, FILE).argv())
                .containsExactly("losetup", "--find", "--show", "--direct-io=on", "--nooverlap", FILE);
        assertThat(LoopDeviceCommands.detach(CALL, DEVICE).argv()).containsExactly("losetup", "--detach", "/dev/loop7");
        assertThat(LoopDeviceCommands.readSizeAnew(CALL, DEVICE).argv())
                .containsExactly("losetup", "--set-capacity", "/dev/loop7");
    }

    @Test
    void lookingAtDevicesNeedsNoShell() {
        assertThat(LoopDeviceCommands.listDevices().argv())
                .containsExactly("losetup", "--list", "--raw", "--noheadings", "--output", "NAME,AUTOCLEAR,BACK-FILE");
        assertThat(LoopDeviceCommands.hasNode(DEVICE).argv()).containsExactly("test", "-b", "/dev/loop7");
        assertThat(LoopDeviceCommands.deviceSize(DEVICE).argv())
                .containsExactly("berth-host", "device-size", "/dev/loop7");
    }

    @Test
    void whatChangesSomethingPassesTheGuardAndWhatLooksDoesNot() {
        assertThat(List.of(
                        LoopDeviceCommands.attach(CALL, FILE),
                        LoopDeviceCommands.detach(CALL, DEVICE),
                        LoopDeviceCommands.readSizeAnew(CALL, DEVICE)))
                .allSatisfy(command -> assertThat(command.token()).contains(CALL.token()));
        assertThat(List.of(
                        LoopDeviceCommands.deviceSize(DEVICE),
                        LoopDeviceCommands.listDevices(),
                        LoopDeviceCommands.hasNode(DEVICE)))
                .allSatisfy(command -> assertThat(command.token()).isEmpty());
    }
}
