package io.berth.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.berth.core.journal.StepEvent;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.VolumeRef;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.fault.Scenario.Task;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A host of which a person says that it is dead, and which only lost its network, has no hand in the checkpoint any more. */
final class DeadHostTest {
    private final Stage suspended = stage(Task.RESUME_OTHER_HOST, true);

    private static Stage stage(Task task, boolean fences) {
        return new Stage(new Scenario(task, MemoryWriter.FAST, fences, true, true, false), Variation.NONE, 1);
    }

    @Test
    void aResumeElsewhereCutsItOffFromTheCheckpointAndFromNothingElse() {
        var volumes = forgottenAtFirst(suspended);

        var result = suspended.ask(suspended.engines().start(suspended.calm()), Set.of(Stage.FIRST));

        assertThat(result.succeeded()).isTrue();
        assertThat(suspended.world().host(Stage.FIRST).devices().values())
                .hasSize(volumes.size() - 1)
                .allMatch(volume -> volume.name().contains("bystander"));
        assertThat(writtenDown(suspended))
                .singleElement()
                .satisfies(event -> assertThat(event.outputs()).containsKeys("volume", "clients"));
    }

    @Test
    void storageThatCannotIsNotAsked() {
        var stage = stage(Task.RESUME_OTHER_HOST, false);
        var volumes = forgottenAtFirst(stage);

        var result = stage.ask(stage.engines().start(stage.calm()), Set.of(Stage.FIRST));

        assertThat(result.succeeded()).isTrue();
        assertThat(stage.world().host(Stage.FIRST).devices().values()).containsExactlyInAnyOrderElementsOf(volumes);
        assertThat(writtenDown(stage)).isEmpty();
    }

    @Test
    void nobodyIsCutOffWhomNobodyCalledDead() {
        var volumes = forgottenAtFirst(suspended);

        var result = suspended.ask(suspended.engines().start(suspended.calm()), Set.of());

        assertThat(result.succeeded()).isTrue();
        assertThat(suspended.world().host(Stage.FIRST).devices().values()).containsExactlyInAnyOrderElementsOf(volumes);
    }

    @Test
    void recoveryCutsItOffBeforeItLooksAtWhatWasWritten() {
        var stage = stage(Task.SUSPEND, true);
        var attached = new AfterAttaching(stage);
        var engine = stage.engines().start(new Boundary(stage.world(), attached, stage.checker()::look));
        assertThat(catchThrowable(() -> stage.ask(engine, Set.of()))).isInstanceOf(EngineDied.class);
        var sound = stage.engines().start(stage.calm());

        sound.operations().recover(sound.operations().options().withDead(Set.of(Stage.FIRST)));

        assertThat(stage.world().host(Stage.FIRST).devices()).isEmpty();
        assertThat(writtenDown(stage)).hasSize(1);
    }

    /** What a host has attached that nobody could ask to detach it. */
    private static List<VolumeRef> forgottenAtFirst(Stage stage) {
        var host = stage.world().host(Stage.FIRST);
        stage.world().datastore("store").volumes().forEach(volume -> host.attach(volume.ref()));
        stage.world().cutNetwork(host);
        return List.copyOf(host.devices().values());
    }

    private static List<StepEvent> writtenDown(Stage stage) {
        return stage.journal().operations().stream()
                .flatMap(operation -> stage.journal().events(operation.id()).stream())
                .filter(event -> event.step().equals("cut-off-h1"))
                .toList();
    }

    /** The host loses its network, and the engine its life, when the volume has just been attached. */
    private record AfterAttaching(Stage stage) implements Injector {
        @Override
        public <T> T carry(Crossing<T> crossing) {
            var answer = crossing.effect().get();
            if (crossing.site().what().equals("attachments.attach")) {
                stage.world().cutNetwork(stage.world().host(Stage.FIRST));
                throw crossing.engine().die();
            }
            return answer;
        }
    }
}
