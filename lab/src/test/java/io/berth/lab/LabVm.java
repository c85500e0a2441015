package io.berth.lab;

import io.berth.opennebula.walk.Standing;
import io.berth.opennebula.walk.WalkedVm;
import java.util.UUID;

/** A VM with a real guest. For one thread. */
final class LabVm extends WalkedVm {
    private final UUID uuid;
    private Testimony heard;

    LabVm(int number, UUID uuid, Standing standing, Testimony heard) {
        super(number, standing);
        this.uuid = uuid;
        this.heard = heard;
    }

    UUID uuid() {
        return uuid;
    }

    /** The last that it has said: from there it goes on. */
    Testimony heard() {
        return heard;
    }

    void hear(Testimony later) {
        heard = later;
    }
}
