package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FencingToken;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.ceph.AttachWay;
import io.berth.storage.ceph.CephKey;
import io.berth.storage.ceph.CephSettings;
import io.berth.storage.ceph.CephStorage;
import io.berth.tck.Trouble;
import io.berth.tck.TroubledTransport;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong between Berth and a real cluster: commands that fail or seem to, and settings that don't fit it. */
@ExtendWith(LabExtension.class)
class CephTroubleLabTest {
    private static final DataSize SIZE = DataSize.ofMebibytes(8);
    private static final int TRIES = 3;

    private final VolumeRef volume = new VolumeRef(Site.RBD, "trouble-" + UUID.randomUUID());
    private final Call call =
            Call.of(new FencingToken(new VmRef(UUID.randomUUID(), "nobody"), 1, new OperationId("troubledoperation")));
    private final Lab lab;
    private final HostTransport transport;

    CephTroubleLabTest(Lab lab, HostTransport transport) {
        this.lab = lab;
        this.transport = transport;
    }

    @BeforeAll
    static void start(Lab shared) {
        shared.ceph().up();
    }

    /** A sample: every command is struck in {@code UnrulyCephTest}, on fakes. */
    @ParameterizedTest
    @CsvSource({
        "ceph-take, FAILS",
        "create, SAYS_NO_THOUGH_DONE",
        "daemon-start, ANSWERS_TOO_LATE",
        "--find, SAYS_NO_THOUGH_DONE",
        "daemon-end, NEVER_ANSWERS",
        "rm, ANSWERS_TOO_LATE"
    })
    void aCheckpointsLifeOutlivesACommandThatGoesWrong(String word, Trouble trouble) {
        var troubled = TroubledTransport.at(word, transport, trouble);
        var driver = new CephStorage(settings(Ceph.CONF, Ceph.USER, Ceph.KEYRING, Ceph.POOL), troubled, clock());

        insist(() -> driver.ledger().advance(call, volume, 1, CheckpointState.ALLOCATED));
        insist(() -> driver.volumes().create(call, volume, SIZE));
        insist(() -> driver.attachments().attach(call, volume, Site.H1));
        assertThat(driver.attachments().hosts(volume)).containsExactly(Site.H1);
        insist(() -> driver.attachments().detach(call, volume, Site.H1));
        insist(() -> driver.volumes().delete(call, volume));

        assertThat(troubled.hasStruck()).isTrue();
        assertThat(new CephTraces(lab).all())
                .filteredOn(trace -> trace.contains(volume.name()))
                .isEmpty();
    }

    private static void insist(Runnable deed) {
        for (var tries = 1; ; tries++) {
            try {
                deed.run();
                return;
            } catch (Failure failure) {
                if (tries == TRIES) {
                    throw failure;
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        Ceph.CONF + ", " + Ceph.USER + ", " + Ceph.KEYRING + ", nosuchpool, storage.no-pool",
        Ceph.CONF + ", stranger, " + Ceph.KEYRING + ", " + Ceph.POOL + ", storage.denied",
        Ceph.CONF + ", " + Ceph.USER + ", /srv/berth/nothing, " + Ceph.POOL + ", storage.denied",
        "/srv/berth/nothing, " + Ceph.USER + ", " + Ceph.KEYRING + ", " + Ceph.POOL + ", storage.no-conf",
        "/srv/berth/elsewhere.conf, " + Ceph.USER + ", " + Ceph.KEYRING + ", " + Ceph.POOL + ", storage.unreachable"
    })
    void settingsThatDoNotFitTheClusterAreToldApart(
            String conf, String user, String keyring, String pool, String code) {
        lab.in("h1", "sh", "-c", "echo '[global]\nmon_host = 10.77.0.254' > /srv/berth/elsewhere.conf")
                .orFail();
        var driver = new CephStorage(settings(conf, user, keyring, pool), transport, clock());

        var failure = catchThrowableOfType(Failure.class, () -> driver.volumes().list());

        assertThat(failure).isNotNull();
        assertThat(failure.code()).as(failure.toString()).isEqualTo(code);
        assertThat(failure.next()).isNotBlank();
    }

    private static CephSettings settings(String conf, String user, String keyring, String pool) {
        return new CephSettings(
                Site.RBD,
                conf,
                user,
                new CephKey.Keyring(keyring),
                pool,
                Optional.empty(),
                Optional.empty(),
                List.of(Site.H1, Site.H2),
                List.of(AttachWay.values()));
    }

    private static Clock clock() {
        return Clock.systemUTC();
    }
}
