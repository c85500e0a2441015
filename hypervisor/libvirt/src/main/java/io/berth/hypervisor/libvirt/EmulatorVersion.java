package io.berth.hypervisor.libvirt;

import java.util.Optional;
import java.util.regex.Pattern;

/** A hypervisor's version: {@code 7.2.22}. */
record EmulatorVersion(int major, int minor, int micro) {
    private static final Pattern RUNNING = Pattern.compile("(?m)^Running hypervisor: \\S+ (\\S+)$");
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?.*");

    /** Reads the answer of {@code virsh version}. */
    static Optional<EmulatorVersion> ofAnswer(String text) {
        var found = RUNNING.matcher(text);
        return found.find() ? parse(found.group(1)) : Optional.empty();
    }

    static Optional<EmulatorVersion> parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        var micro = form.group(3) == null ? 0 : Integer.parseInt(form.group(3));
        return Optional.of(
                new EmulatorVersion(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), micro));
    }

    /**
     * Whether memory that {@code writer} wrote may be too new for this one. Stable updates (the third number) don't
     * change the stream of a versioned machine type, so that they don't count: a cloud is never updated in one instant.
     */
    boolean isOlderThan(EmulatorVersion writer) {
        return major != writer.major ? major < writer.major : minor < writer.minor;
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + micro;
    }
}
