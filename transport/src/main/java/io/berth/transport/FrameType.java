package io.berth.transport;

import java.util.Optional;
import java.util.stream.Stream;

/** Kinds of frames, with their numbers on the wire. */
enum FrameType {
    START(1),
    SIGNAL(2),
    HELLO(16),
    STDOUT(17),
    STDERR(18),
    EXIT(19),
    REFUSED(20),
    LOST(21);

    private final int number;

    FrameType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Optional<FrameType> of(int number) {
        return Stream.of(values()).filter(type -> type.number == number).findFirst();
    }
}
