package io.berth.opennebula.action;

import io.berth.driver.DataSize;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How large a guest's checkpoint can get, from what the core says of it: all of its memory, a five-hundredth of it for
 * the image's own structure, video memory, and the state of its devices. Nobody has to be asked for it, and it is
 * never too little; it may be far too much for a guest that uses little.
 */
final class CheckpointBound {
    private static final int STRUCTURE = 500;
    private static final DataSize DEVICES = DataSize.ofMebibytes(16);
    /** More than any of QEMU's cards has unless its template says so. */
    private static final DataSize VIDEO = DataSize.ofMebibytes(64);

    private CheckpointBound() {}

    /** Empty when the message says nothing of the guest's memory. */
    static Optional<DataSize> of(Ask ask) {
        return Stream.of("VM/TEMPLATE/MEMORY_MAX", "VM/TEMPLATE/MEMORY")
                .flatMap(path -> number(ask, path).stream())
                .max(Long::compare)
                .map(DataSize::ofMebibytes)
                .map(memory -> memory.plus(new DataSize(memory.bytes() / STRUCTURE))
                        .plus(video(ask))
                        .plus(DEVICES));
    }

    private static DataSize video(Ask ask) {
        return number(ask, "VM/TEMPLATE/VIDEO/VRAM").map(DataSize::ofKibibytes).orElse(VIDEO);
    }

    private static Optional<Long> number(Ask ask, String path) {
        return ask.text(path).filter(text -> text.matches("\\d{1,9}")).map(Long::valueOf);
    }
}
