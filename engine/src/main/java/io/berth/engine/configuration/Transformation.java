package io.berth.engine.configuration;

import java.nio.file.Path;

/** A named change of a domain's definition. */
public sealed interface Transformation {
    /** The exact machine type the guest was started with. */
    record PinMachine() implements Transformation {}

    /** The exact CPU the guest was started with. */
    record PinCpu() implements Transformation {}

    /** The guest tells which pages it doesn't use: they needn't be saved. */
    record FreePageReporting() implements Transformation {}

    /** Disks with that cache mode. */
    record Cache(String mode) implements Transformation {}

    /** Disks give freed blocks back. */
    record Discard() implements Transformation {}

    /** Paths below one folder are below another here. */
    record MovedPath(String from, String to) implements Transformation {}

    /** A program of the site's own: XML on standard input, XML on standard output. */
    record Program(Path path) implements Transformation {}
}
