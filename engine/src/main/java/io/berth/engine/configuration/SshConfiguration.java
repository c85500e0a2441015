package io.berth.engine.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How other hosts are reached.
 *
 * @param keep how long a connection is kept for the next process; zero: not at all
 */
public record SshConfiguration(String program, Optional<Path> configFile, Duration connectTimeout, Duration keep) {}
