package io.berth.driver.host;

/**
 * How a command ended.
 *
 * @param exitCode 0 to 255; 128 + n when signal n ended it
 * @param output standard output, at most 1 MiB: what is more is cut and {@code truncated} says so
 * @param errorOutput standard error, the last 64 KiB
 */
public record CommandResult(int exitCode, String output, String errorOutput, boolean truncated) {
    public boolean succeeded() {
        return exitCode == 0;
    }
}
