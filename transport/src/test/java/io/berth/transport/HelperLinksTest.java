package io.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.berth.driver.Call;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HelperLinksTest {
    private static final DevicePath DEVICE = new DevicePath("/dev/loop7");

    @TempDir
    Path folder;

    private final Call call = LocalHost.call(LocalHost.newVm(), 1, "operation1");
    private LocalHost host;
    private HelperLinks links;

    @BeforeEach
    void open() {
        host = new LocalHost(folder.resolve("state"));
        links = new HelperLinks(host.transport);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aLinkIsMadeWithItsFoldersReplacedAndRemovedWithItsFolder() {
        var path = folder.resolve("vms/one/a 'name'\nwith $(everything)/checkpoint");
        links.publish(call, LocalHost.HOST, path.toString(), DEVICE);
        assertThat(links.read(LocalHost.HOST, path.toString())).contains("/dev/loop7");
        links.publish(call, LocalHost.HOST, path.toString(), new DevicePath("/dev/loop8"));
        assertThat(links.read(LocalHost.HOST, path.toString())).contains("/dev/loop8");
        links.remove(call, LocalHost.HOST, path.toString());
        links.remove(call, LocalHost.HOST, path.toString());
        assertThat(links.read(LocalHost.HOST, path.toString())).isEmpty();
        assertThat(folder.resolve("vms/one")).isEmptyDirectory();
    }

    @Test
    void somebodysCheckpointFileIsNeverReplacedNorRemoved() throws Exception {
        var file = Files.writeString(folder.resolve("checkpoint"), "a guest's memory");
        assertThatThrownBy(() -> links.publish(call, LocalHost.HOST, file.toString(), DEVICE))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("link.occupied") && failure.kind() == FailureKind.CONFLICT);
        links.remove(call, LocalHost.HOST, file.toString());
        assertThat(file).hasContent("a guest's memory");
        assertThat(links.read(LocalHost.HOST, file.toString())).isEmpty();
    }

    @Test
    void aFolderWithOtherThingsInItStays() throws Exception {
        var path = folder.resolve("vm/checkpoint");
        links.publish(call, LocalHost.HOST, path.toString(), DEVICE);
        Files.writeString(folder.resolve("vm/disk.0"), "a disk");
        links.remove(call, LocalHost.HOST, path.toString());
        assertThat(folder.resolve("vm/disk.0")).exists();
        assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void aRelativePathIsRefused() {
        assertThatThrownBy(() -> links.publish(call, LocalHost.HOST, "checkpoint", DEVICE))
                .isInstanceOf(Failure.class);
    }
}
