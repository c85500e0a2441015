package io.berth.lab;

import io.berth.driver.HostRef;

/** What OpenNebula's own ceph driver makes of a guest, by the commands that it runs. */
final class StockCephSave {
    private static final String FILE = "/srv/local/stock-checkpoint";

    private StockCephSave() {}

    /** Saves the guest of the VM with that number. Answers the image's name in the pool. */
    static String of(Lab lab, HostRef host, String guest, int vm) {
        var image = "one-sys-" + vm + "-checkpoint";
        lab.in(host.name(), "virsh", "-q", "save", guest, FILE).orFail();
        lab.in(
                        host.name(),
                        "rbd",
                        "import",
                        "--no-progress",
                        "--conf=" + Ceph.CONF,
                        "--id=" + Ceph.USER,
                        "--keyring=" + Ceph.KEYRING,
                        FILE,
                        Ceph.POOL + "/" + image)
                .orFail();
        lab.in(host.name(), "rm", FILE).orFail();
        return image;
    }
}
