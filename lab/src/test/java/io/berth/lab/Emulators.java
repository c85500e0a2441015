package io.berth.lab;

/** The processes that run guests on a host, as the host's kernel knows them. */
final class Emulators {
    private static final String END_ALL = "ps -C qemu-system-x86_64 -o pid= | xargs -r kill -9";

    private Emulators() {}

    static boolean runs(Lab lab, String host, String guest) {
        return lab.in(host, "ps", "-C", "qemu-system-x86_64", "-ww", "-o", "args=")
                .output()
                .contains("guest=" + guest + ",");
    }

    /** In that host's own process namespace. */
    static void endAll(Lab lab, String host) {
        lab.in(host, "sh", "-c", END_ALL);
    }
}
