package io.berth.engine.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How other hosts are reached. */
public record SshConfiguration(String program, Optional<Path> configFile, Duration connectTimeout) {}
