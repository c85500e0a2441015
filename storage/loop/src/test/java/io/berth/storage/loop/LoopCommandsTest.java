package io.berth.storage.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Call;
import io.berth.driver.DevicePath;
import io.berth.driver.FencingToken;
import io.berth.driver.OperationId;
import io.berth.storage.files.Records;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopCommandsTest {
    private static final Call CALL = Call.of(new FencingToken(Records.VM, 3, new OperationId("abcdefgh")));
    private static final DevicePath DEVICE = new DevicePath("/dev/loop7");
    private static final String FILE = "/srv/a b/$(x)/berth-1.img";

    @Test
    void devicesAreMadeWithDirectInputAndOutputAndNeverTwice() {
        assertThat(LoopCommands.attach(CALL, FILE).argv())
                .containsExactly("losetup", "--find", "--show", "--direct-io=on", "--nooverlap", FILE);
        assertThat(LoopCommands.detach(CALL, DEVICE).argv()).containsExactly("losetup", "--detach", "/dev/loop7");
        assertThat(LoopCommands.readSizeAnew(CALL, DEVICE).argv())
                .containsExactly("losetup", "--set-capacity", "/dev/loop7");
    }

    @Test
    void lookingAtDevicesNeedsNoShell() {
        assertThat(LoopCommands.listDevices().argv())
                .containsExactly("losetup", "--list", "--raw", "--noheadings", "--output", "NAME,AUTOCLEAR,BACK-FILE");
        assertThat(LoopCommands.hasNode(DEVICE).argv()).containsExactly("test", "-b", "/dev/loop7");
        assertThat(LoopCommands.deviceSize(DEVICE).argv()).containsExactly("berth-host", "device-size", "/dev/loop7");
    }

    @Test
    void whatChangesSomethingPassesTheGuardAndWhatLooksDoesNot() {
        assertThat(List.of(
                        LoopCommands.attach(CALL, FILE),
                        LoopCommands.detach(CALL, DEVICE),
                        LoopCommands.readSizeAnew(CALL, DEVICE)))
                .allSatisfy(command -> assertThat(command.token()).contains(CALL.token()));
        assertThat(List.of(LoopCommands.deviceSize(DEVICE), LoopCommands.listDevices(), LoopCommands.hasNode(DEVICE)))
                .allSatisfy(command -> assertThat(command.token()).isEmpty());
    }
}
