package io.berth.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.operation.Facts;
import io.berth.core.operation.StandardPlanners;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Sharing;
import io.berth.driver.storage.VmDirectory;
import io.berth.driver.storage.VolumeRef;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanCodecTest {
    @Test
    void suspendComesBackAsItWas() {
        var plan = new StandardPlanners().suspend(Facts.suspend());
        assertThat(PlanCodec.read(PlanCodec.write(plan))).isEqualTo(plan);
    }

    @Test
    void suspendOntoThickStorageWithFastWriterComesBackAsItWas() {
        var plan = new StandardPlanners().suspend(Facts.suspendThick(List.of(MemoryWriter.FAST)));
        assertThat(PlanCodec.read(PlanCodec.write(plan))).isEqualTo(plan);
    }

    @Test
    void resumeComesBackAsItWas() {
        var plan = new StandardPlanners().resume(Facts.resume());
        assertThat(PlanCodec.read(PlanCodec.write(plan))).isEqualTo(plan);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindOfStepComesBackAsItWas(Class<? extends Step> kind) {
        var plan = Plan.of(Facts.OPERATION, "test", Facts.VM).then(sample(kind)).build();
        assertThat(PlanCodec.read(PlanCodec.write(plan))).isEqualTo(plan);
    }

    static Stream<Class<?>> kinds() {
        return kinds(Step.class);
    }

    private static Stream<Class<?>> kinds(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .flatMap(kind -> kind.isSealed() ? kinds(kind) : Stream.of(kind));
    }

    private static Step sample(Class<? extends Step> kind) {
        var components = kind.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = Arrays.stream(components)
                .map(component -> value(component.getGenericType()))
                .toArray();
        try {
            return kind.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(kind.toString(), e);
        }
    }

    private static Object value(Type type) {
        return switch (type) {
            case ParameterizedType generic -> value(generic.getRawType(), generic.getActualTypeArguments()[0]);
            case Class<?> simple ->
                Optional.ofNullable(VALUES.get(simple)).orElseThrow(() -> new AssertionError("no sample of " + simple));
            default -> throw new AssertionError("no sample of " + type);
        };
    }

    private static Object value(Type raw, Type of) {
        if (raw == Optional.class) {
            return Optional.of(value(of));
        }
        if (raw == List.class) {
            return List.of(value(of));
        }
        return raw == Operand.class
                ? new Operand.Known<>(value(of))
                : new Ref<>("earlier", Objects.requireNonNull(REFS.get(of)));
    }

    private static final Map<Type, Ref.Type<?>> REFS = Map.of(
            DevicePath.class,
            Ref.Type.DEVICE,
            DataSize.class,
            Ref.Type.LENGTH,
            String.class,
            Ref.Type.DIGEST,
            Sharing.class,
            Ref.Type.SHARING);

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(String.class, "<a b='c'>\n\u0001 ä</a>"),
            Map.entry(
                    CopiedDisk.class,
                    new CopiedDisk(
                            "vda",
                            new DevicePath("/srv/5/disk.0"),
                            Optional.of(new Ref<>("earlier", Ref.Type.SHARING)))),
            Map.entry(VolumeRef.class, new VolumeRef("fast", "volume")),
            Map.entry(VmDirectory.class, new VmDirectory("files", "web \"one\"\n$(reboot)")),
            Map.entry(HostRef.class, Facts.SOURCE),
            Map.entry(VmRef.class, Facts.VM),
            Map.entry(DataSize.class, new DataSize(Long.MAX_VALUE)),
            Map.entry(int.class, 3),
            Map.entry(boolean.class, true),
            Map.entry(CheckpointRecord.class, Facts.record(true)),
            Map.entry(CheckpointState.class, CheckpointState.COMPLETE),
            Map.entry(MemoryWriter.class, MemoryWriter.FAST));

    @Test
    void textThatIsNoPlanIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> PlanCodec.read("{\"kind\":\"future\"}"))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("journal.bad-plan");
                    assertThat(failure.next()).isNotEmpty();
                });
    }
}
