package io.berth.driver;

/**
 * Absolute path, on one host, of a block device or of a regular file that serves as one. It means nothing on another host,
 * nor after a detach.
 */
public record DevicePath(String path) {
    public DevicePath {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0 || path.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("not an absolute device path: " + Printable.line(path));
        }
    }

    @Override
    public String toString() {
        return path;
    }
}
