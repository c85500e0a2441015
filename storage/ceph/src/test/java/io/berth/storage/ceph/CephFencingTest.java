package io.berth.storage.ceph;

import static io.berth.storage.files.FakeHelperTransport.withWord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.OperationId;
import io.berth.driver.storage.Fencing;
import io.berth.driver.storage.VolumeRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the cluster is told to refuse, and whom never; that it helps is shown by the suite. */
class CephFencingTest {
    private static final DataSize SIZE = DataSize.ofMebibytes(8);
    private static final VolumeRef VOLUME = new VolumeRef("ceph", "berth-abcdefgh");
    private static final VolumeRef OTHER = new VolumeRef("ceph", "berth-ijklmnop");
    private static final String IMAGE = "berth.berth-abcdefgh";

    private static FakeCephWorld world(AttachWay way) {
        var world = new FakeCephWorld(way);
        world.driver().volumes().create(call(world), VOLUME, SIZE);
        world.driver().volumes().create(call(world), OTHER, SIZE);
        return world;
    }

    private static Call call(FakeCephWorld world) {
        return world.call(new OperationId("abcdefgh"));
    }

    private static Fencing fencing(FakeCephWorld world) {
        return world.otherFrontEnd().fencing().orElseThrow();
    }

    private static void attach(FakeCephWorld world, VolumeRef volume) {
        world.driver().attachments().attach(call(world), volume, world.first());
    }

    @ParameterizedTest
    @EnumSource
    void exactlyTheClientOfThatHostAndImageIsRefused(AttachWay way) {
        var world = world(way);
        attach(world, OTHER);
        attach(world, VOLUME);
        world.driver().attachments().attach(call(world), VOLUME, world.second());
        var own = world.programs.on(world.first()).watchers(IMAGE).toList();

        var refused = fencing(world).cutOff(call(world), VOLUME, world.first());

        assertThat(refused).isEqualTo(own).hasSize(1);
        assertThat(world.programs.cluster.refused).containsExactlyElementsOf(own);
    }

    @Test
    void aClientOfNobodyKnowsWhomIsNamedAndNotRefused() {
        var world = world(AttachWay.EXPORT);
        attach(world, VOLUME);
        world.image(IMAGE).strangers.add("10.77.0.9:0/2559087077");

        var failure = failure(world);

        assertThat(failure.code()).isEqualTo("volume.not-cut-off");
        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure.why()).contains("10.77.0.9:0/2559087077");
        assertThat(world.programs.cluster.refused).noneMatch(client -> client.startsWith("10.77.0.9"));
    }

    /** A nonce of 0, or none, would be the whole host. */
    @ParameterizedTest
    @ValueSource(strings = {"10.77.1.1:0/0", "10.77.1.1:0", "10.77.1.1", "10.77.1.1:0/1\\\", \\\"x\\\": \\\"", "-"})
    void whatIsNotOneClientIsNeverRefused(String address) {
        var world = world(AttachWay.KRBD);
        attach(world, VOLUME);
        world.image(IMAGE).strangers.add(address);

        assertThat(failure(world).code()).isEqualTo("volume.not-cut-off");

        assertThat(world.programs.cluster.refused).hasSize(1).doesNotContain(address);
    }

    /** Attached by a Berth that didn't note it, or the note was lost: nobody is refused on a guess. */
    @Test
    void aHostWhoseAddressesNobodyNotedIsNotCutOff() {
        var world = world(AttachWay.NBD);
        world.transport.answerOnce(withWord("--all-ip-addresses"), 1, "");
        attach(world, VOLUME);

        assertThat(failure(world).why()).contains("nobody noted");
        assertThat(world.programs.cluster.refused).isEmpty();
    }

    @Test
    void aUserWhoMayNotRefuseClientsIsToldWhatItTakes() {
        var world = world(AttachWay.EXPORT);
        attach(world, VOLUME);
        world.transport.answerOnce(withWord("ceph-block"), 13, "denied: Ceph doesn't let the user refuse a client");

        assertThat(failure(world).code()).isEqualTo("storage.denied");
    }

    @Test
    void whatIsKnownOfHostsGoesWithTheVolume() {
        var world = world(AttachWay.EXPORT);
        attach(world, VOLUME);
        world.driver().attachments().detach(call(world), VOLUME, world.first());

        world.driver().volumes().delete(call(world), VOLUME);

        assertThat(world.programs.cluster.entries).isEmpty();
    }

    private static Failure failure(FakeCephWorld world) {
        var failure =
                catchThrowableOfType(Failure.class, () -> fencing(world).cutOff(call(world), VOLUME, world.first()));
        assertThat(failure).isNotNull();
        return failure;
    }
}
