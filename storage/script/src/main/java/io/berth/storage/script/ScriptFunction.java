package io.berth.storage.script;

import java.util.Locale;

/** What is asked of a site's scripts, each of its own executable. */
enum ScriptFunction {
    CREATE,
    GROW,
    DELETE,
    LIST,
    CAPACITY,
    ATTACH,
    DETACH,
    DEVICES;

    /** The executable's name in the folder of scripts. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
