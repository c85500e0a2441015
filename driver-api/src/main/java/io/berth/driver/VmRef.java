package io.berth.driver;

import java.util.UUID;

/**
 * A virtual machine. The UUID is its identity: names change, and may hold anything a user could type, so a driver
 * passes only the UUID to commands and shows the name to people.
 */
public record VmRef(UUID uuid, String name) {
    @Override
    public boolean equals(Object other) {
        return other instanceof VmRef that && uuid.equals(that.uuid);
    }

    @Override
    public int hashCode() {
        return uuid.hashCode();
    }

    @Override
    public String toString() {
        return Printable.line(name) + " (" + uuid + ")";
    }
}
