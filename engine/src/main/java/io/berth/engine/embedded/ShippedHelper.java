package io.berth.engine.embedded;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.engine.Installation;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The host helper as it lies beside Berth's jars, built and as source.
 *
 * @param sources folder with {@code src/*.c}
 */
record ShippedHelper(Path binary, Path sources) {
    private static final String FOLDER = "host-helper";
    private static final String PROPERTY = "berth.host-helper";

    /**
     * In {@code lib/host-helper}; the system property {@code berth.host-helper} names another folder.
     *
     * @throws Failure {@code host.no-binary} (ENVIRONMENT)
     */
    static ShippedHelper find() {
        var named = System.getProperty(PROPERTY);
        var folder = named == null ? Installation.jars().resolve(FOLDER) : Path.of(named);
        var binary = folder.resolve("berth-host");
        if (!Files.isRegularFile(binary)) {
            throw Failure.of(FailureKind.ENVIRONMENT, "host.no-binary", "Berth's helper isn't here")
                    .why(binary + " is missing")
                    .next("build Berth with bin/build, or install its package again")
                    .build();
        }
        return new ShippedHelper(binary, folder);
    }
}
