package io.berth.core.plan;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.storage.VolumeRef;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Plans as the journal stores them: JSON, the kind of each step in {@code "kind"}. Thread-safe. */
public final class PlanCodec {
    private static final Map<String, Ref.Type<?>> REF_TYPES = Map.of(
            Ref.Type.DEVICE.output(), Ref.Type.DEVICE,
            Ref.Type.LENGTH.output(), Ref.Type.LENGTH,
            Ref.Type.DIGEST.output(), Ref.Type.DIGEST);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addMixIn(Step.class, KindInJson.class)
            .registerSubtypes(kinds(Step.class).toArray(Class<?>[]::new))
            .addModule(operands())
            .build();

    private PlanCodec() {}

    /** Every record of the sealed family. */
    private static Stream<Class<?>> kinds(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .flatMap(kind -> kind.isSealed() ? kinds(kind) : Stream.of(kind));
    }

    /** Makes what is made at the first plan only, a tenth of a second's work. May be left out; thread-safe. */
    public static void prepare() {
        var volume = new VolumeRef("none", "none");
        var step = new Step.DetachVolume("detach", volume, new HostRef("none"));
        write(Plan.of(new OperationId("00000000"), "none", new VmRef(new UUID(0, 0), ""))
                .then(step)
                .build());
    }

    public static String write(Plan plan) {
        return MAPPER.writeValueAsString(plan);
    }

    /** @throws Failure {@code journal.bad-plan} when the text isn't a plan of this version */
    public static Plan read(String json) {
        try {
            return MAPPER.readValue(json, Plan.class);
        } catch (JacksonException e) {
            throw Failure.of(FailureKind.ENVIRONMENT, "journal.bad-plan", "a plan in the journal can't be read")
                    .why(e.getOriginalMessage())
                    .next("was the journal written by a newer Berth? Recover with that one")
                    .cause(e)
                    .build();
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
    private interface KindInJson {}

    /** A reference is written {@code "@step.output"}; a known size as its number of bytes, a known text as it is. */
    private static SimpleModule operands() {
        return new SimpleModule("operands")
                .addSerializer(new WriteRef())
                .addDeserializer(Ref.class, new ReadRef())
                .addSerializer(new WriteKnown())
                .addDeserializer(Operand.class, new ReadOperand())
                .addSerializer(DataSize.class, new WriteSize())
                .addDeserializer(DataSize.class, new ReadSize())
                .addSerializer(DevicePath.class, new WriteDevice());
    }

    private static Ref<?> ref(String text) {
        var dot = text.lastIndexOf('.');
        var type = REF_TYPES.get(text.substring(dot + 1));
        if (dot < 1 || type == null || text.charAt(0) != '@') {
            throw new IllegalArgumentException("not a reference: " + text);
        }
        return new Ref<>(text.substring(1, dot), type);
    }

    private static final class WriteRef extends ValueSerializer<Ref<?>> {
        @Override
        public Class<?> handledType() {
            return Ref.class;
        }

        @Override
        public void serialize(Ref<?> value, JsonGenerator out, SerializationContext context) {
            out.writeString("@" + value.step() + "." + value.type().output());
        }
    }

    private static final class ReadRef extends ValueDeserializer<Ref<?>> {
        @Override
        public Ref<?> deserialize(JsonParser in, DeserializationContext context) {
            return ref(in.getString());
        }
    }

    private static final class WriteKnown extends ValueSerializer<Operand.Known<?>> {
        @Override
        public Class<?> handledType() {
            return Operand.Known.class;
        }

        @Override
        public void serialize(Operand.Known<?> known, JsonGenerator out, SerializationContext context) {
            switch (known.value()) {
                case DataSize size -> out.writeNumber(size.bytes());
                case String text when !text.startsWith("@") -> out.writeString(text);
                default -> throw new IllegalArgumentException("a plan can't hold " + known);
            }
        }
    }

    private static final class ReadOperand extends ValueDeserializer<Operand<?>> {
        @Override
        public Operand<?> deserialize(JsonParser in, DeserializationContext context) {
            if (in.currentToken().isNumeric()) {
                return new Operand.Known<>(new DataSize(in.getLongValue()));
            }
            var text = in.getString();
            return text.startsWith("@") ? ref(text) : new Operand.Known<>(text);
        }
    }

    private static final class WriteSize extends ValueSerializer<DataSize> {
        @Override
        public void serialize(DataSize value, JsonGenerator out, SerializationContext context) {
            out.writeNumber(value.bytes());
        }
    }

    private static final class ReadSize extends ValueDeserializer<DataSize> {
        @Override
        public DataSize deserialize(JsonParser in, DeserializationContext context) {
            return new DataSize(in.getLongValue());
        }
    }

    private static final class WriteDevice extends ValueSerializer<DevicePath> {
        @Override
        public void serialize(DevicePath value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.path());
        }
    }
}
