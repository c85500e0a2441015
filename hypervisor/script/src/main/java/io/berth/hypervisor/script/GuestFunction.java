package io.berth.hypervisor.script;

import java.util.Locale;

/** What is asked of a site's scripts, each of its own executable. */
enum GuestFunction {
    HOST,
    LIST,
    SHOW,
    DEFINITION,
    PAUSE,
    RESUME,
    END,
    KEEP,
    FORGET,
    SAVE,
    RESTORE;

    /** The executable's name in the folder of scripts. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
