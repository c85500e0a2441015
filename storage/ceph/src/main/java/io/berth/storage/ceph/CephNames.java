package io.berth.storage.ceph;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeRef;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a datastore's images, ledger entries and files on hosts are called, and what such a name says. */
final class CephNames {
    /** What a volume's name can't contain divides it from the prefix, so that no other image looks like one of these. */
    static final String IMAGE_PREFIX = "berth.";

    /** The object with the ledger's entries. */
    static final String LEDGER = "berth.ledger";

    /** OpenNebula's own ceph driver calls a saved VM's image so. It is a volume under just that name, once it is asked for. */
    private static final Pattern STOCK = Pattern.compile("one-sys-[0-9]{1,18}-checkpoint");

    private static final String FOLDER = "/run/berth/ceph/";
    private static final Pattern IMAGE = Pattern.compile("berth\\.([A-Za-z0-9][A-Za-z0-9_-]{1,47})");
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]{1,47})/(?:(?<record>record)"
            + "|g(?<generation>[1-9][0-9]{0,8})\\.(?<state>allocated|writing|complete|consumed))");

    private final String datastore;

    CephNames(CephSettings settings) {
        this.datastore = settings.datastore();
    }

    /** An entry of the ledger. */
    sealed interface Entry {
        VolumeRef volume();
    }

    record Description(VolumeRef volume) implements Entry {}

    record Marker(VolumeRef volume, int generation, CheckpointState state) implements Entry {}

    String image(VolumeRef volume) {
        requireOwn(volume);
        return isStock(volume) ? volume.name() : IMAGE_PREFIX + volume.name();
    }

    /** Made by OpenNebula's own driver. */
    static boolean isStock(VolumeRef volume) {
        return STOCK.matcher(volume.name()).matches();
    }

    /** The volume that the image is; empty for one that is neither Berth's nor a stock checkpoint. */
    Optional<VolumeRef> volume(String image) {
        if (STOCK.matcher(image).matches()) {
            return Optional.of(new VolumeRef(datastore, image));
        }
        var matcher = IMAGE.matcher(image);
        return matcher.matches()
                ? Optional.of(new VolumeRef(datastore, matcher.group(1))).filter(volume -> !isStock(volume))
                : Optional.empty();
    }

    /** How the key of each of the volume's entries begins, and no other. */
    String entries(VolumeRef volume) {
        requireOwn(volume);
        return volume.name() + "/";
    }

    String description(VolumeRef volume) {
        return entries(volume) + "record";
    }

    String marker(VolumeRef volume, int generation, CheckpointState state) {
        return entries(volume) + "g" + generation + "." + state.name().toLowerCase(Locale.ROOT);
    }

    /** Key of what is known of a host that opens the volume; no entry of the checkpoint's. */
    String client(VolumeRef volume, HostRef host) {
        return clients(volume) + host.name();
    }

    /** How those keys begin. */
    String clients(VolumeRef volume) {
        return entries(volume) + "client.";
    }

    /** What the ledger's key names; empty for one that isn't Berth's. */
    Optional<Entry> entry(String key) {
        var matcher = ENTRY.matcher(key);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var volume = new VolumeRef(datastore, matcher.group(1));
        if (matcher.group("record") != null) {
            return Optional.of(new Description(volume));
        }
        return Optional.of(new Marker(
                volume,
                Integer.parseInt(matcher.group("generation")),
                CheckpointState.valueOf(matcher.group("state").toUpperCase(Locale.ROOT))));
    }

    /** Folder on each host for what shows images as files. */
    String folder() {
        return FOLDER + datastore;
    }

    /** The image as a file there. */
    String file(VolumeRef volume) {
        requireOwn(volume);
        return folder() + "/" + volume.name();
    }

    /** @throws Failure {@code volume.other-datastore} */
    private void requireOwn(VolumeRef volume) {
        if (!volume.datastore().equals(datastore)) {
            throw Failure.of(
                            FailureKind.CALLER,
                            "volume.other-datastore",
                            "volume " + Printable.line(volume.toString()) + " isn't on datastore " + datastore)
                    .next("ask the driver of the volume's own datastore")
                    .build();
        }
    }
}
