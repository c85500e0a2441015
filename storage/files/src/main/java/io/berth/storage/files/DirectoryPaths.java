package io.berth.storage.files;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.OperationId;
import io.berth.driver.Printable;
import io.berth.driver.storage.StagingFile;
import io.berth.driver.storage.VmDirectory;
import java.util.HexFormat;

/** Where VM directories are, and what Berth puts beside them. */
final class DirectoryPaths {
    private final String datastore;
    private final String folder;

    DirectoryPaths(FolderSettings settings) {
        this.datastore = settings.datastore();
        this.folder = settings.folder();
    }

    String folder() {
        return folder;
    }

    /** @throws Failure {@code directory.other-datastore} */
    String own(VmDirectory directory) {
        if (!directory.datastore().equals(datastore)) {
            throw Failure.of(
                            FailureKind.CALLER,
                            "directory.other-datastore",
                            "directory " + directory + " isn't on datastore " + Printable.line(datastore))
                    .next("ask the driver of the directory's own datastore")
                    .build();
        }
        return folder + "/" + directory.name();
    }

    /** What the path is called in the datastore's folder. */
    String name(String path) {
        return path.substring(folder.length() + 1);
    }

    /** Of the operation's own, so that what it finds there is its own too. */
    String aside(OperationId operation, VmDirectory directory) {
        own(directory);
        return folder + "/" + VmDirectory.OWN_PREFIX + "aside-" + operation + "." + directory.name();
    }

    String staging(StagingFile file) {
        return folder + "/" + VmDirectory.OWN_PREFIX + "staging-" + file.operation() + "." + file.vm();
    }

    /** A name that no host has ever looked for. */
    String probe(OperationId operation, byte[] random) {
        return folder + "/" + VmDirectory.OWN_PREFIX + "probe-" + operation + "."
                + HexFormat.of().formatHex(random);
    }
}
