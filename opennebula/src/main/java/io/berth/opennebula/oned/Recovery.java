package io.berth.opennebula.oned;

import java.util.Locale;

/** What {@code onevm recover} can be told. The numbers are OpenNebula's ({@code one.vm.recover}). */
public enum Recovery {
    /** What the core waits for has failed. */
    FAILURE(0),
    /** What the core waits for has succeeded. */
    SUCCESS(1),
    /** Ask the driver again. */
    RETRY(2),
    /** End the VM and delete what it has. */
    DELETE(3);

    private final int number;

    Recovery(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** As {@code onevm recover} takes it: {@code --success}. */
    public String option() {
        return "--" + name().toLowerCase(Locale.ROOT);
    }
}
