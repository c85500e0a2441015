package io.berth.storage.ceph;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.hosts.HostAnswer;

/** What an answer about the cluster means: the helper names its reason, Ceph's programs end with an errno. */
final class CephFailures {
    static final int NO_ENTRY = 2;
    static final int BUSY = 16;
    static final int EXISTS = 17;
    static final int HAS_SNAPSHOTS = 39;
    static final int NO_PROGRAM = 127;

    private static final int NOT_PERMITTED = 1;
    private static final int ACCESS_DENIED = 13;
    private static final int NO_SPACE = 28;
    private static final int TIMED_OUT = 110;
    private static final int OVER_QUOTA = 122;

    private final CephSettings settings;

    CephFailures(CephSettings settings) {
        this.settings = settings;
    }

    /** @param what the whole of what wasn't done, without a full stop */
    Failure of(HostAnswer answer, String what) {
        var pool = Printable.line(settings.pool());
        var user = Printable.line(settings.user());
        if (answer.says("unreachable") || cannotConnect(answer, "Connection timed out")) {
            return answer.storage("storage.unreachable", what)
                    .why("no monitor of " + Printable.line(settings.conf()) + " answers that host")
                    .next("try 'ceph --conf " + Printable.line(settings.conf())
                            + " -s' there; see that the file names the right monitors and the network leads to them")
                    .build();
        }
        if (answer.says("timeout") || answer.result().exitCode() == TIMED_OUT) {
            return timeout(answer, what);
        }
        if (isDenied(answer)) {
            return answer.about(FailureKind.ENVIRONMENT, "storage.denied", what)
                    .why("Ceph doesn't let user " + user + " do it")
                    .next("compare 'ceph auth get client." + user + "' with the key on that host, and see that its caps"
                            + " have mon 'profile rbd' and osd 'profile rbd pool=" + pool + "'")
                    .build();
        }
        if (answer.says("no-pool") || isAboutPool(answer)) {
            return answer.about(FailureKind.ENVIRONMENT, "storage.no-pool", what)
                    .why("the cluster of " + Printable.line(settings.conf()) + " has no pool " + pool)
                    .next("correct 'pool' of datastore " + settings.datastore() + ", or make the pool")
                    .build();
        }
        if (answer.says("no-conf") || answer.result().errorOutput().contains("unable to open config file")) {
            return answer.about(FailureKind.ENVIRONMENT, "storage.no-conf", what)
                    .why(Printable.line(settings.conf()) + " can't be read there")
                    .next("bring the cluster's configuration file there, or correct 'conf' of datastore "
                            + settings.datastore())
                    .build();
        }
        if (answer.says("no-ceph") || answer.result().exitCode() == NO_PROGRAM) {
            return answer.about(FailureKind.ENVIRONMENT, "storage.no-programs", what)
                    .why("Ceph's client isn't installed there")
                    .next("install ceph-common on that host")
                    .build();
        }
        if (answer.says("full")
                || answer.result().exitCode() == NO_SPACE
                || answer.result().exitCode() == OVER_QUOTA) {
            return answer.storage("storage.no-space", what)
                    .why("pool " + pool + " is full")
                    .next("free space or raise its quota ('ceph df detail' shows both), then try again")
                    .build();
        }
        return answer.failure(what);
    }

    /** Whoever only asked may ask again; who changed something can't know. */
    private static Failure timeout(HostAnswer answer, String what) {
        return answer.command().token().isPresent()
                ? answer.about(FailureKind.UNKNOWN_OUTCOME, "storage.timeout", what)
                        .why("the cluster didn't answer in time: it may be done all the same")
                        .next("see 'ceph health detail'; then 'berth recover' finds out")
                        .build()
                : answer.storage("storage.unreachable", what)
                        .why("the cluster doesn't answer")
                        .next("see 'ceph health detail', then try again")
                        .build();
    }

    private static boolean isDenied(HostAnswer answer) {
        return answer.says("denied")
                || answer.result().exitCode() == ACCESS_DENIED
                || cannotConnect(answer, "Permission denied")
                || cannotConnect(answer, "no keyring found")
                || cannotConnect(answer, "Operation not supported");
    }

    /** rbd ends with 1 whatever kept it from connecting; its log lines tell. */
    private static boolean cannotConnect(HostAnswer answer, String why) {
        var said = answer.result().errorOutput();
        return answer.result().exitCode() == NOT_PERMITTED
                && said.contains("couldn't connect to the cluster")
                && said.contains(why);
    }

    private static boolean isAboutPool(HostAnswer answer) {
        return answer.result().exitCode() == NO_ENTRY
                && answer.result().errorOutput().contains("error opening pool");
    }

    /** An answer that isn't what this program always prints. */
    static Failure unreadable(HostAnswer answer, String what) {
        return answer.storage("storage.bad-answer", what)
                .why("the answer is cut off or makes no sense")
                .next("try again; if it happens always, run the command by hand and look at what it prints")
                .build();
    }

    Failure absent(VolumeRef volume) {
        return Failure.of(FailureKind.STORAGE, "volume.absent", "there is no volume " + volume)
                .why("pool " + Printable.line(settings.pool()) + " has no image " + CephNames.IMAGE_PREFIX
                        + volume.name())
                .next("see what there is with 'berth checkpoint list'")
                .build();
    }
}
