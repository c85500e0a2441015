package io.berth.storage.ceph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeRef;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CephSettingsTest {
    private static final String CONF = "/etc/ceph/ceph.conf";

    private static CephSettings settings(String datastore, String conf, String pool, CephKey key) {
        return new CephSettings(
                datastore,
                conf,
                "berth",
                key,
                pool,
                Optional.empty(),
                Optional.empty(),
                List.of(new HostRef("h1")),
                List.of(AttachWay.KRBD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "a@b", "-a", "a\nb", "a\tb"})
    void aPoolsNameThatWouldBeReadAsSomethingElseIsRefused(String pool) {
        refused(() -> settings("blue", CONF, pool, new CephKey.Usual()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vms", "a.b", "$(x)", "a;b", "\"q\"", "é"})
    void aPoolsNameWithOtherCharactersIsANameLikeAnyOther(String pool) {
        assertThat(settings("blue", CONF, pool, new CephKey.Usual()).pool()).isEqualTo(pool);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..", ".", "a b", "-x"})
    void aDatastoresNameThatCanNotBeAFoldersIsRefused(String datastore) {
        refused(() -> settings(datastore, CONF, "vms", new CephKey.Usual()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ceph.conf", "/a\nb"})
    void filesAreNamedByTheirAbsolutePaths(String path) {
        refused(() -> settings("blue", path, "vms", new CephKey.Usual()));
        refused(() -> settings("blue", CONF, "vms", new CephKey.Keyring(path)));
        refused(() -> settings("blue", CONF, "vms", new CephKey.Keyfile(path)));
    }

    @Test
    void onlyNamesOfBerthsFormAreBerths() {
        var names = new CephNames(settings("blue", CONF, "vms", new CephKey.Usual()));
        var volume = new VolumeRef("blue", "berth-1");

        assertThat(names.volume(names.image(volume))).contains(volume);
        assertThat(names.entry(names.marker(volume, 3, CheckpointState.WRITING)))
                .contains(new CephNames.Marker(volume, 3, CheckpointState.WRITING));
        assertThat(names.entry(names.description(volume))).contains(new CephNames.Description(volume));
        assertThat(List.of("berth", "berth.", "berth.a", "berth.a.b", "one-sys-x-checkpoint", "one-sys-7-checkpoint2"))
                .allSatisfy(image -> assertThat(names.volume(image)).isEmpty());
        assertThat(List.of("berth-1", "berth-1/g0.writing", "berth-1/g1.gone", "berth-1/record/x"))
                .allSatisfy(key -> assertThat(names.entry(key)).isEmpty());
    }

    @Test
    void aCheckpointOfTheStockDriverIsAVolumeUnderItsOwnName() {
        var names = new CephNames(settings("blue", CONF, "vms", new CephKey.Usual()));
        var volume = new VolumeRef("blue", "one-sys-7-checkpoint");

        assertThat(names.image(volume)).isEqualTo("one-sys-7-checkpoint");
        assertThat(names.volume("one-sys-7-checkpoint")).contains(volume);
        assertThat(names.volume("berth.one-sys-7-checkpoint")).isEmpty();
    }

    @Test
    void aVolumeOfAnotherDatastoreIsRefused() {
        var names = new CephNames(settings("blue", CONF, "vms", new CephKey.Usual()));

        var failure = catchThrowableOfType(Failure.class, () -> names.image(new VolumeRef("red", "berth-1")));

        assertThat(failure.code()).isEqualTo("volume.other-datastore");
    }

    private static void refused(ThrowingCallable attempt) {
        var failure = catchThrowableOfType(Failure.class, attempt);
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo("datastore.bad-settings");
        assertThat(failure.next()).isNotBlank();
    }
}
