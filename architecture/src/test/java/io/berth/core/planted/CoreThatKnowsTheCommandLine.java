package io.berth.core.planted;

import io.berth.cli.Main;

/** An offender that the architecture test must catch. */
public final class CoreThatKnowsTheCommandLine {

    private CoreThatKnowsTheCommandLine() {}

    static String name() {
        return Main.class.getName();
    }
}
