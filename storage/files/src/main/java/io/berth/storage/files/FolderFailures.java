package io.berth.storage.files;

import io.berth.driver.Failure;
import io.berth.driver.Printable;
import io.berth.storage.hosts.HostAnswer;

/** What an answer about files means for the datastore's folder. */
final class FolderFailures {
    private FolderFailures() {}

    /** @param what the whole of what wasn't done, without a full stop */
    static Failure of(HostAnswer answer, String what, FolderSettings settings) {
        var folder = Printable.line(settings.folder());
        if (answer.result().exitCode() == HostAnswer.NO_SPACE) {
            return answer.storage("storage.no-space", what)
                    .why("the file system of " + folder + " is full")
                    .next("free space there or choose another datastore, then try again")
                    .build();
        }
        if (answer.result().exitCode() == HostAnswer.READ_ONLY) {
            return answer.storage("storage.read-only", what)
                    .why("the file system of " + folder + " is read-only there")
                    .next("find out why (dmesg), mount it for writing, then try again")
                    .build();
        }
        if (answer.says("absent")) {
            return answer.storage("storage.unreachable", what)
                    .why(folder + " isn't there: is it mounted?")
                    .next("mount the datastore on the host or correct its folder, then try again")
                    .build();
        }
        return answer.failure(what);
    }
}
