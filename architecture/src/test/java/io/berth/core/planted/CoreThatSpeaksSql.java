package io.berth.core.planted;

import java.sql.Connection;

/** An offender that the architecture test must catch. */
public final class CoreThatSpeaksSql {

    private CoreThatSpeaksSql() {}

    static String name() {
        return Connection.class.getName();
    }
}
