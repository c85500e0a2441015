package io.berth.storage.files;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VmDirectory;

/** What it means when a directory couldn't be brought to another host. */
final class CopyFailures {
    private CopyFailures() {}

    static Failure of(HostAnswer answer, VmDirectory directory, HostRef to, FolderSettings settings) {
        var what = "directory " + directory + " can't be brought to " + to;
        if (answer.says("exists")) {
            return about(answer, FailureKind.CONFLICT, "directory.occupied", what)
                    .next("see whose it is; if both hosts share the folder after all, set 'shared: yes'")
                    .build();
        }
        if (answer.says("changed")) {
            return about(answer, FailureKind.CONFLICT, "directory.changed", what)
                    .next("see who is at work on it, then try again")
                    .build();
        }
        if (answer.says("special")) {
            return about(answer, FailureKind.ENVIRONMENT, "directory.special-file", what)
                    .next("take that out of it: it means nothing on another host")
                    .build();
        }
        if (answer.says("refused") || answer.says("busy")) {
            return about(answer, FailureKind.CONFLICT, "directory.in-use", what)
                    .next("see what is at work there with 'berth operation list'")
                    .build();
        }
        if (answer.says("cut") || answer.says("no-helper")) {
            return about(answer, FailureKind.ENVIRONMENT, "directory.cut", what)
                    .next("as root on " + answer.host() + ", 'ssh "
                            + settings.hostToHost().destination(to)
                            + "' has to work without a question; then try again")
                    .build();
        }
        if (answer.result().exitCode() == HostAnswer.NO_SPACE) {
            return about(answer, FailureKind.STORAGE, "storage.no-space", what)
                    .next("make room there or choose another host, then try again")
                    .build();
        }
        return answer.failure(what, settings);
    }

    private static Failure.Builder about(HostAnswer answer, FailureKind kind, String code, String what) {
        return Failure.of(kind, code, what)
                .host(answer.host())
                .why(answer.reason())
                .command(answer.command().toString())
                .output(answer.result().errorOutput());
    }
}
