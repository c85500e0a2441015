package io.berth.engine.configuration;

/** How much is written to the log. */
public enum LogLevel {
    INFO,
    DEBUG
}
