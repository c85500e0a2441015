package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.FencingToken;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.ceph.CephKey;
import io.berth.storage.ceph.CephStorage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a restore reads of an image on a real cluster, on a host that shows the image by {@code qemu-storage-daemon}. */
@ExtendWith(LabExtension.class)
class CephStreamLabTest {
    private static final DataSize SIZE = DataSize.ofMebibytes(64);
    private static final String FIFO = "/run/berth/stream-test/fifo";

    /** More than is asked for at a time, no multiple of anything. */
    private static final int LENGTH = (37 << 20) + 4097;

    /** The daemon can't answer while this reads. */
    private static final String READ_WITHOUT_DAEMON = """
            set -e
            daemon=$(pgrep -f "^qemu-storage-daemon .*$1"); kill -STOP $daemon
            trap 'kill -CONT $daemon' EXIT
            timeout 60 sha256sum < "$2"
            """;

    private final VolumeRef volume = new VolumeRef("ceph", "stream-" + UUID.randomUUID());
    private final Call call =
            Call.of(new FencingToken(new VmRef(UUID.randomUUID(), "nobody"), 1, new OperationId("streamedoperation")));
    private final byte[] content = new byte[40 << 20];
    private final HostTransport transport;
    private final CephWorld world;

    CephStreamLabTest(Lab lab, HostTransport transport) {
        this.transport = transport;
        this.world = new CephWorld(lab, transport);
        new Random(11).nextBytes(content);
    }

    @BeforeAll
    static void start(Lab shared) {
        shared.ceph().up();
    }

    @AfterEach
    void close() {
        world.close();
    }

    static List<CephKey> keys() {
        return List.of(new CephKey.Keyring(Ceph.KEYRING), new CephKey.Keyfile(Ceph.KEYFILE));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void comesFromTheClusterItselfAndNotThroughTheDaemon(CephKey key) {
        var device = attached(key);
        world.write(Site.H1, device, 0, content);

        var result = transport.run(
                Site.H1,
                HostCommand.changing(
                        call,
                        HostCommand.HELPER,
                        "device-feed",
                        device.path(),
                        Integer.toString(LENGTH),
                        FIFO,
                        "--",
                        "sh",
                        "-c",
                        READ_WITHOUT_DAEMON,
                        "read",
                        volume.name(),
                        FIFO));

        assertThat(result.succeeded()).as(result.toString()).isTrue();
        assertThat(result.output()).startsWith(digest());
    }

    private DevicePath attached(CephKey key) {
        var driver = new CephStorage(world.settings(key), transport, Clock.systemUTC());
        driver.ledger().advance(call, volume, 1, CheckpointState.ALLOCATED);
        driver.volumes().create(call, volume, SIZE);
        return driver.attachments().attach(call, volume, Site.H1);
    }

    private String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(content, LENGTH));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
