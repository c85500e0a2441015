package io.berth.hypervisor.libvirt.transform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs a site's program on the front-end. */
@FunctionalInterface
public interface SiteProgram {
    /**
     * Runs the program and waits for its end; no shell is involved.
     *
     * @param program absolute path
     * @param arguments as the program gets them
     * @param stdin all of its standard input
     * @param longest after which it is killed
     * @param largest output in bytes after which it is killed
     * @throws io.berth.driver.Failure it couldn't be started, ended with another code than 0, took too long or said
     *     too much
     */
    byte[] run(Path program, List<String> arguments, byte[] stdin, Duration longest, int largest);
}
