package io.berth.core.planted;

import java.io.IOException;

/** An offender that the architecture test must catch. */
public final class CoreThatRunsACommand {

    private CoreThatRunsACommand() {}

    static Process run() throws IOException {
        return new ProcessBuilder("true").start();
    }
}
