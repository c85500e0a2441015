package io.berth.hypervisor.libvirt;

import org.junit.jupiter.api.BeforeEach;

/** The same where the helper can't load libvirt: virsh answers. */
class FindingGuestsWithoutLibraryTest extends FindingGuestsTest {
    @BeforeEach
    void takeTheLibraryAway() {
        host.hasLibrary = false;
    }
}
