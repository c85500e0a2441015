package io.berth.hypervisor.libvirt;

/**
 * How streams are written.
 *
 * @param emulatedLive {@link EmulatedLive#PAUSE} but for measurements
 */
public record StreamSettings(EmulatedLive emulatedLive, StreamSink sink) {
    public static StreamSettings defaults() {
        return new StreamSettings(EmulatedLive.PAUSE, StreamSink.DIRECT);
    }
}
