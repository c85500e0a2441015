package io.berth.opennebula.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.image.VmDisks.Format;
import io.berth.opennebula.image.VmDisks.Wanted;
import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.message.VmPlace;
import io.berth.opennebula.shared.Datastores;
import io.berth.opennebula.shared.TransferDeed;
import io.berth.opennebula.shared.TransferDeed.BringDisk.Form;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which disks of images Berth makes itself. */
class NativeDisksTest {
    private static final String IMAGE = "fe:/var/lib/one//datastores/1/0a1b";
    private static final String PLACE = "node1:/srv/one//datastores/100/5/disk.2";
    private static final Wanted RAW = new Wanted(Format.RAW, Optional.empty(), false, true);
    private static final Datastores ASKS = _ -> Optional.of(Map.of("BERTH_DISKS", "Native"));

    @Test
    void aPersistentImageIsLinkedWhereTheHostHasIt() {
        assertThat(with(RAW).deed(command("LN shared " + IMAGE + " " + PLACE + " 5 1")))
                .contains(new TransferDeed.LinkDisk("/srv/one/datastores/1/0a1b", place()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "qcow2"})
    void anotherOneIsCopiedAndGrowsAsItsVmWants(String driver) {
        var grown = new Wanted(Format.RAW, Optional.of(4096L), false, true);

        assertThat(with(grown).deed(command("CLONE " + driver + " " + IMAGE + " " + PLACE + " 5 1")))
                .contains(new TransferDeed.CopyDisk("/srv/one/datastores/1/0a1b", place(), Optional.of(4096L)));
    }

    @Test
    void anImageOfLayersIsLinkedWithThemAndGetsOneMoreWhereItIsNotToBeWritten() {
        var grown = new Wanted(Format.QCOW2, Optional.of(4096L), false, true);

        assertThat(with(grown).deed(command("LN qcow2 " + IMAGE + " " + PLACE + " 5 1")))
                .contains(new TransferDeed.LinkLayers("/srv/one/datastores/1/0a1b", place()));
        assertThat(with(grown).deed(command("CLONE qcow2 " + IMAGE + " " + PLACE + " 5 1")))
                .contains(new TransferDeed.LayDisk("/srv/one/datastores/1/0a1b", place(), Optional.of(4096L)));
    }

    @ParameterizedTest
    @CsvSource({"ssh, QCOW2, QCOW2", "ssh, RAW, RAW", "local, QCOW2, LAYER", "local, RAW, RAW"})
    void anImageThatIsOnlyOnTheFrontEndIsBroughtToTheHost(String driver, Format format, Form form) {
        var grown = new Wanted(format, Optional.of(4096L), false, true);

        for (var verb : List.of("LN", "CLONE")) {
            assertThat(with(grown).deed(command(verb + " " + driver + " " + IMAGE + " " + PLACE + " 5 1")))
                    .contains(new TransferDeed.BringDisk(
                            "/var/lib/one/datastores/1/0a1b", place(), form, Optional.of(4096L)));
        }
    }

    /** Replicas on a host of their own are the driver's; so is a system datastore that the core says nothing of. */
    @Test
    void anImageIsBroughtOnlyToDatastoresThatAreKnownToHaveNoReplicas() {
        Datastores replicated = datastore ->
                Optional.of(datastore == 1 ? Map.of("BERTH_DISKS", "native") : Map.of("REPLICA_HOST", "node9"));
        Datastores halfTold =
                datastore -> datastore == 1 ? Optional.of(Map.of("BERTH_DISKS", "native")) : Optional.empty();

        for (var datastores : List.of(replicated, halfTold)) {
            assertThat(with(datastores, RAW).deed(command("CLONE ssh " + IMAGE + " " + PLACE + " 5 1")))
                    .isEmpty();
        }
    }

    static Stream<Wanted> whatScriptsMake() {
        return Stream.of(
                new Wanted(Format.OTHER, Optional.empty(), false, true),
                new Wanted(Format.RAW, Optional.empty(), true, true),
                new Wanted(Format.QCOW2, Optional.empty(), true, true),
                new Wanted(Format.QCOW2, Optional.empty(), false, false));
    }

    /** Other formats, space that is taken beforehand, copies that are to stand alone. */
    @ParameterizedTest
    @MethodSource("whatScriptsMake")
    void whateverIsUnusualIsTheDriversToMake(Wanted wanted) {
        assertThat(with(wanted).deed(command("CLONE qcow2 " + IMAGE + " " + PLACE + " 5 1")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OTHER, false", "RAW, true", "QCOW2, true"})
    void whateverIsUnusualIsTheDriversToBring(Format format, boolean allocated) {
        var wanted = new Wanted(format, Optional.empty(), allocated, true);

        assertThat(with(wanted).deed(command("LN ssh " + IMAGE + " " + PLACE + " 5 1")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LN ssh other:/var/lib/one/datastores/1/0a1b PLACE 5 1",
                "CLONE.shared ssh IMAGE PLACE 5 1",
                "LN ceph IMAGE PLACE 5 1",
                "LN.ssh shared IMAGE PLACE 5 1",
                "MV shared IMAGE PLACE 5 1",
                "MKIMAGE shared IMAGE PLACE 5 1",
                "LN shared IMAGE PLACE 5 2",
                "LN shared IMAGE PLACE 5",
                "LN shared IMAGE node1:/srv/one/datastores/100/5 5 1",
                "LN shared IMAGE node1:/srv/one/datastores/100/5/kernel 5 1",
                "LN shared fe:/var/lib/one/datastores/1/../0a1b PLACE 5 1",
                "LN shared fe:/var/lib/one/datastores/1/-rf PLACE 5 1",
                "LN shared fe:/var/lib/one/datastores/1/.. PLACE 5 1",
                "LN shared fe:/var/lib/one/datastores/1/a;b PLACE 5 1",
                "LN shared one/one-7 PLACE 5 1",
                "LN shared",
            })
    void whateverElseIsDoneByTheDriversScript(String line) {
        var command = command(line.replace("IMAGE", IMAGE).replace("PLACE", PLACE));

        assertThat(with(RAW).deed(command)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"BERTH_DISKS, scripts", "BERTH_DISKS, ''", "DRIVER, native"})
    void aDatastoreThatDoesNotAskIsLeftToItsScripts(String attribute, String value) {
        Datastores says = _ -> Optional.of(Map.of(attribute, value));

        assertThat(new NativeDisks(says, (_, _) -> Optional.of(RAW), "fe")
                        .deed(command("LN shared " + IMAGE + " " + PLACE + " 5 1")))
                .isEmpty();
    }

    @Test
    void aCoreThatSaysNothingLeavesItToTheScripts() {
        var line = command("LN shared " + IMAGE + " " + PLACE + " 5 1");

        assertThat(new NativeDisks(ASKS, VmDisks.untold(), "fe").deed(line)).isEmpty();
        assertThat(new NativeDisks(Datastores.untold(), (_, _) -> Optional.of(RAW), "fe").deed(line))
                .isEmpty();
    }

    private static NativeDisks with(Wanted wanted) {
        return with(ASKS, wanted);
    }

    private static NativeDisks with(Datastores datastores, Wanted wanted) {
        return new NativeDisks(
                datastores, (vm, number) -> vm == 5 && number == 2 ? Optional.of(wanted) : Optional.empty(), "fe");
    }

    private static VmPlace place() {
        return VmPlace.parse(PLACE).orElseThrow();
    }

    private static TransferCommand command(String line) {
        return TransferCommand.lines(line).getFirst();
    }
}
