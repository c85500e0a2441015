package io.berth.core.planted;

import java.io.IOException;

/** An offender that the architecture test must catch. */
public final class CoreThatRunsACommandTheOldWay {

    private CoreThatRunsACommandTheOldWay() {}

    static Process run() throws IOException {
        return Runtime.getRuntime().exec(new String[] {"true"});
    }
}
