package io.berth.driver.planted;

import org.slf4j.Logger;

/** An offender that the architecture test must catch. */
public final class DriverApiWithALibrary {

    private DriverApiWithALibrary() {}

    static String name() {
        return Logger.class.getName();
    }
}
