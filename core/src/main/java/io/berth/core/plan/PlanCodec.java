package io.berth.core.plan;

import io.berth.core.json.Json;
import io.berth.core.json.Shape;
import io.berth.core.json.Shapes;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.storage.VolumeRef;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Plans as the journal stores them: JSON, the kind of each step in {@code "kind"}. Thread-safe. */
public final class PlanCodec {
    private static final Map<String, Ref.Type<?>> REF_TYPES = Map.of(
            Ref.Type.DEVICE.output(), Ref.Type.DEVICE,
            Ref.Type.LENGTH.output(), Ref.Type.LENGTH,
            Ref.Type.DIGEST.output(), Ref.Type.DIGEST,
            Ref.Type.SHARING.output(), Ref.Type.SHARING);
    private static final char REF = '@';

    /** A reference is written {@code "@step.output"}; a known size as its number of bytes, a known text as it is. */
    private static final Shape<Plan> PLANS = new Shapes(Map.of(
                    Operand.class,
                    _ -> new Shape.Mapped<Operand<?>, Object>(
                            new Shape.Opaque(), PlanCodec::written, PlanCodec::operand),
                    Ref.class,
                    _ -> new Shape.Mapped<Ref<?>, Object>(new Shape.Opaque(), PlanCodec::written, PlanCodec::ref)))
            .of(Plan.class);

    private PlanCodec() {}

    /** Makes what is made at the first plan only. May be left out; thread-safe. */
    public static void prepare() {
        var volume = new VolumeRef("none", "none");
        var step = new Step.DetachVolume("detach", volume, new HostRef("none"));
        write(Plan.of(new OperationId("00000000"), "none", new VmRef(new UUID(0, 0), ""))
                .then(step)
                .build());
    }

    public static String write(Plan plan) {
        return Json.text(json(plan));
    }

    /** @throws Failure {@code journal.bad-plan} when the text isn't a plan of this version */
    public static Plan read(String text) {
        return told(() -> PLANS.read(Json.read(text), ""));
    }

    /** As a tree of plain values, see {@link Shape}. */
    public static Object json(Plan plan) {
        return PLANS.write(plan);
    }

    /** @throws Failure {@code journal.bad-plan} when that isn't a plan of this version */
    public static Plan plan(Object json) {
        return told(() -> PLANS.read(json, ""));
    }

    private static Plan told(Supplier<Plan> reader) {
        try {
            return reader.get();
        } catch (Failure wrong) {
            throw Failure.of(FailureKind.ENVIRONMENT, "journal.bad-plan", "a plan in the journal can't be read")
                    .why(wrong.what())
                    .next("was the journal written by a newer Berth? Recover with that one")
                    .cause(wrong)
                    .build();
        }
    }

    private static Object written(Operand<?> operand) {
        return switch (operand) {
            case Ref<?> ref -> REF + ref.step() + "." + ref.type().output();
            case Operand.Known<?>(DataSize size) -> size.bytes();
            case Operand.Known<?>(String text) when text.isEmpty() || text.charAt(0) != REF -> text;
            case Operand.Known<?> known -> throw new IllegalArgumentException("a plan can't hold " + known);
        };
    }

    private static Operand<?> operand(Object json) {
        return switch (json) {
            case Long bytes -> new Operand.Known<>(new DataSize(bytes));
            case String text when text.isEmpty() || text.charAt(0) != REF -> new Operand.Known<>(text);
            default -> ref(json);
        };
    }

    private static Ref<?> ref(Object json) {
        var text = json.toString();
        var dot = text.lastIndexOf('.');
        var type = REF_TYPES.get(text.substring(dot + 1));
        if (dot < 1 || type == null || text.charAt(0) != REF) {
            throw new IllegalArgumentException("not a reference: " + text);
        }
        return new Ref<>(text.substring(1, dot), type);
    }
}
