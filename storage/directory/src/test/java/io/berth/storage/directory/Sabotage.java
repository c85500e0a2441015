package io.berth.storage.directory;

import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import io.berth.storage.files.FakeHelperTransport;

/** A fault built into the driver's ground, in what the driver {@code loop} does otherwise. */
enum Sabotage {
    USE_IS_NOT_NOTED("link"),
    USE_IS_NOTED_FOR_EVER("unlink"),
    NOBODY_SEEMS_TO_HAVE_THE_FILE_OPEN("find"),
    EVERY_HOST_SEEMS_TO_USE_THE_FILE("read-link");

    private final String command;

    Sabotage(String command) {
        this.command = command;
    }

    /** The transport on which that command does nothing and says it was done. */
    HostTransport in(HostTransport sound) {
        return new HostTransport() {
            @Override
            public CommandResult run(HostRef host, HostCommand asked) {
                return asked.argv().contains(command) ? FakeHelperTransport.ok("") : sound.run(host, asked);
            }

            @Override
            public void close() {
                sound.close();
            }
        };
    }
}
