package io.berth.engine.wire;

import io.berth.core.json.Shape;
import io.berth.core.json.Shapes;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import java.util.List;
import java.util.Optional;

/** A failure as a record. Its cause stays where it happened, in the log. */
record FailureFields(
        FailureKind kind,
        String code,
        String what,
        String why,
        String next,
        Optional<HostRef> host,
        Optional<String> command,
        List<String> output) {

    static Shape<Failure> shape(Shapes shapes) {
        return new Shape.Mapped<>(shapes.of(FailureFields.class), FailureFields::of, FailureFields::failure);
    }

    private static FailureFields of(Failure failure) {
        return new FailureFields(
                failure.kind(),
                failure.code(),
                failure.what(),
                failure.why(),
                failure.next(),
                failure.host(),
                failure.command(),
                failure.output());
    }

    private Failure failure() {
        var failure = Failure.of(kind, code, what).why(why).next(next).outputLines(output);
        host.ifPresent(failure::host);
        command.ifPresent(failure::command);
        return failure.build();
    }
}
