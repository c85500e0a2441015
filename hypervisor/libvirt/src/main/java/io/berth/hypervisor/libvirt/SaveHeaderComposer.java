package io.berth.hypervisor.libvirt;

import io.berth.driver.xml.Xml;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes the head that goes before QEMU's stream, so that plain {@code virsh restore} takes the result. */
final class SaveHeaderComposer {
    /** What the head is padded to, so that the stream begins where direct I/O may. */
    static final int ALIGNMENT = 4096;

    /** Room that libvirt leaves too, for a definition that becomes longer with {@code virsh save-image-edit}. */
    private static final int SLACK = 64 << 10;

    private SaveHeaderComposer() {}

    /**
     * A head that says unfinished; the stream writer changes that when the image is complete.
     *
     * @param definition the domain's migratable XML
     * @param liveCpu the CPU element as the guest has it now. libvirt keeps it in the cookie: the migratable XML names
     *     the CPU that was asked for, and QEMU may have added or dropped features (seen: {@code hypervisor}, {@code
     *     lahf_lm})
     * @param running whether a plain restore lets the guest run
     */
    static byte[] compose(String definition, String liveCpu, boolean running) {
        var text = Xml.serialise(Xml.parse(definition)).getBytes(StandardCharsets.UTF_8);
        // slirpHelper is what libvirt writes for every guest that didn't turn that helper off.
        var cookie = liveCpu.isEmpty()
                ? new byte[0]
                : ("<cookie>" + liveCpu + "<slirpHelper/></cookie>").getBytes(StandardCharsets.UTF_8);
        var used = text.length + 1 + cookie.length + 1;
        var total = Math.ceilDiv(SaveHeader.FIXED + used + SLACK, ALIGNMENT) * ALIGNMENT;
        var head = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        head.put(SaveHeader.PARTIAL)
                .putInt(2)
                .putInt(total - SaveHeader.FIXED)
                .putInt(running ? 1 : 0)
                .putInt(0)
                .putInt(cookie.length == 0 ? 0 : text.length + 1);
        head.position(SaveHeader.FIXED).put(text).put((byte) 0).put(cookie);
        return head.array();
    }
}
