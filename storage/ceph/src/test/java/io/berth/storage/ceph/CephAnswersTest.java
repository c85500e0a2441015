package io.berth.storage.ceph;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.storage.Capacity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts are what Ceph 16.2.15 and the host helper wrote, unless a test says otherwise. */
class CephAnswersTest {
    private static final String STATUS =
            "{\"watchers\":[{\"address\":\"127.0.0.1:0/2559087077\",\"client\":4323,\"cookie\":140046871135536}]}";

    @Test
    void watchersAreToldByTheirAddresses() {
        assertThat(CephJson.watchers(STATUS)).contains(List.of("127.0.0.1:0/2559087077"));
        assertThat(CephJson.watchers("{\"watchers\":[]}")).contains(List.of());
    }

    @Test
    void whatAnImageTakesIsToldWithoutItsSnapshots() {
        assertThat(CephJson.used("""
                {"images":[{"name":"i","id":"10","snapshot":"s","provisioned_size":8,"used_size":7},
                {"name":"i","id":"10","provisioned_size":67108864,"used_size":4194304}],"total_used_size":1}
                """)).contains(DataSize.ofMebibytes(4));
    }

    /** By its manual page: no kernel here maps any. */
    @Test
    void mappingsAreReadWhicheverClientMadeThem() {
        var kernels = """
                [{"id":"0","pool":"vms","namespace":"","name":"berth.a1","snap":"-","device":"/dev/rbd0"},
                {"id":"1","pool":"vms","namespace":"blue","name":"berth.a1","snap":"s","device":"/dev/rbd1"}]""";
        var nbds = """
                [{"id":4711,"pool":"vms","namespace":"blue","image":"berth.a1","snap":"","device":"/dev/nbd0"}]""";

        assertThat(CephJson.mapped(kernels))
                .contains(List.of(new CephJson.Mapped("0", "vms", "", "berth.a1", new DevicePath("/dev/rbd0"))));
        assertThat(CephJson.mapped(nbds))
                .contains(List.of(new CephJson.Mapped("4711", "vms", "blue", "berth.a1", new DevicePath("/dev/nbd0"))));
        assertThat(CephJson.mapped("[]")).contains(List.of());
    }

    @Test
    void roomEndsWhereTheDisksOrTheQuotaDo() {
        var pools = """
                {"stats":{"total_bytes":21474836480},"pools":[
                {"name":"other","id":1,"stats":{"stored":1,"max_avail":2,"quota_bytes":0}},
                {"name":"vms","id":2,"stats":{"stored":300,"max_avail":1000,"quota_bytes":%d}}]}""";

        assertThat(CephJson.room(pools.formatted(0), "vms"))
                .contains(new Capacity(new DataSize(1300), new DataSize(1000)));
        assertThat(CephJson.room(pools.formatted(500), "vms"))
                .contains(new Capacity(new DataSize(500), new DataSize(200)));
        assertThat(CephJson.room(pools.formatted(200), "vms")).contains(new Capacity(new DataSize(200), DataSize.ZERO));
        assertThat(CephJson.room(pools.formatted(0), "gone")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[1]",
                "null",
                "{\"watchers\":",
                "{\"watchers\":[{\"address\":\"127.0.0.1:0/25",
                "{\"watchers\":[{\"client\":1}],\"images\":[{\"used_size\":-1}]}",
                "[{\"id\":\"0\",\"pool\":\"vms\",\"name\":\"i\"}]",
                "{\"pools\":[{\"name\":\"vms\",\"stats\":{\"stored\":1}}]}"
            })
    void whatIsCutOffOrLacksAPartIsNeverReadAsNothing(String text) {
        assertThat(CephJson.watchers(text)).isEmpty();
        assertThat(CephJson.used(text)).isEmpty();
        assertThat(CephJson.mapped(text)).isEmpty();
        assertThat(CephJson.room(text, "vms")).isEmpty();
    }

    @Test
    void imagesAreAllThereOnlyWithTheLastLine() {
        assertThat(images("berth.a1 8388608", "x 1", "end").sizes())
                .isEqualTo(Map.of("berth.a1", DataSize.ofMebibytes(8), "x", new DataSize(1)));
        assertThat(images("berth.a1 8388608", "end").isWhole()).isTrue();
        assertThat(images("berth.a1 8388608").isWhole()).isFalse();
        assertThat(images("berth.a1", "end").isWhole()).isFalse();
        assertThat(images("end", "berth.a1 1").isWhole()).isFalse();
    }

    private static ImageLines images(String... lines) {
        var images = new ImageLines();
        List.of(lines).forEach(images);
        return images;
    }

    @Test
    void entriesAreAllThereOnlyWithTheirNumber() {
        assertThat(entries("a/record 5", "aGVsbG8=", "a/g1.writing 0", "end 2").entries())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("a/record", Optional.of("hello"), "a/g1.writing", Optional.of("")));
        assertThat(entries("end 0").isWhole()).isTrue();
        assertThat(entries("a/record 5", "aGVsbG8=", "end 2").isWhole()).isFalse();
        assertThat(entries("a/record 5", "aGVs").isWhole()).isFalse();
        assertThat(entries("a/record 5", "aGVsbG8=").isWhole()).isFalse();
        assertThat(entries("nonsense", "end 0").isWhole()).isFalse();
    }

    @Test
    void aValueThatDoesNotDecodeIsMissingAndTheOthersAreThere() {
        assertThat(entries("a/record 5", "!!!!!!!!", "b/record 5", "aGVsbG8=", "end 2")
                        .entries())
                .containsEntry("a/record", Optional.empty())
                .containsEntry("b/record", Optional.of("hello"));
    }

    private static EntryLines entries(String... lines) {
        var entries = new EntryLines();
        List.of(lines).forEach(entries);
        return entries;
    }

    @Test
    void aMountIsKnownByItsWholePath() {
        var table = "36 35 98:0 / /run/berth/ceph/a/berth-1 rw,noatime - fuse.q q rw\n";

        assertThat(MountTable.has(table, "/run/berth/ceph/a/berth-1")).isTrue();
        assertThat(MountTable.has(table, "/run/berth/ceph/a/berth-")).isFalse();
        assertThat(MountTable.has("", "/run")).isFalse();
    }
}
