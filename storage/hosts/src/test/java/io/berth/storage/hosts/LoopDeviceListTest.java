package io.berth.storage.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import org.junit.jupiter.api.Test;

/** The texts are what losetup of util-linux 2.38.1 wrote. */
class LoopDeviceListTest {
    @Test
    void eachLineIsADevice() {
        assertThat(LoopDeviceList.parse("/dev/loop0 0 /srv/berth/a.img\n/dev/loop200 1 /srv/berth/b.img\n"))
                .containsExactly(
                        new LoopDevice(new DevicePath("/dev/loop0"), "/srv/berth/a.img", false, false),
                        new LoopDevice(new DevicePath("/dev/loop200"), "/srv/berth/b.img", false, true));
    }

    @Test
    void blanksBackslashesAndBytesAreUnescaped() {
        assertThat(LoopDeviceList.parse("/dev/loop0 0 /tmp/a\\x20b\\x5cx20\\xc3\\xa9é.img\n"))
                .extracting(LoopDevice::file)
                .containsExactly("/tmp/a b\\x20éé.img");
    }

    @Test
    void aDeletedFileIsKnownAsSuch() {
        assertThat(LoopDeviceList.parse("/dev/loop0 0 /tmp/a.img\\x20(deleted)\n"))
                .containsExactly(new LoopDevice(new DevicePath("/dev/loop0"), "/tmp/a.img", true, false));
    }

    @Test
    void aDeviceWithoutAFileIsNobodys() {
        assertThat(LoopDeviceList.parse("/dev/loop0 0 \n/dev/loop1 0\n"))
                .extracting(LoopDevice::file)
                .containsExactly("", "");
    }

    @Test
    void noDeviceIsAnEmptyList() {
        assertThat(LoopDeviceList.parse("")).isEmpty();
        assertThat(LoopDeviceList.parse("\n")).isEmpty();
    }

    @Test
    void aLineThatMakesNoSenseIsNotPassedOver() {
        var failure = catchThrowableOfType(Failure.class, () -> LoopDeviceList.parse("NAME AUTOCLEAR BACK-FILE\n"));

        assertThat(failure.code()).isEqualTo("losetup.unreadable");
    }
}
