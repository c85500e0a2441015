package io.berth.engine.configuration;

import java.nio.file.Path;
import java.util.Optional;

/** Where the host helper is. */
public record HelperConfiguration(Path localPath, Path remotePath, Optional<Path> localStateFolder) {}
