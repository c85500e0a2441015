package io.berth.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.operation.Sweep;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.fault.Scenario.Task;
import io.berth.simulator.world.SimulatedFolders.Kind;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests of VMs' directories have in common: two hosts, a guest with a directory, and looks at what became of it. */
final class DirectoryTrials {
    static final String NAME = "guest";

    private DirectoryTrials() {}

    static Stage stage(Task task, Kind kind) {
        var scenario = new Scenario(task, MemoryWriter.STREAM, true, true, true, false).in(kind);
        return new Stage(scenario, Variation.NONE, 1);
    }

    static RunResult ask(Stage stage) {
        var engine = stage.engines().start(stage.calm());
        try {
            return stage.ask(engine, Set.of());
        } finally {
            engine.process().die();
        }
    }

    static Sweep collectGarbage(Stage stage) {
        var engine = stage.engines().start(stage.calm());
        try {
            return engine.operations().collectGarbage(true);
        } finally {
            engine.process().die();
        }
    }

    static boolean hasDirectory(Stage stage, HostRef host) {
        return stage.world()
                .folders()
                .anyMatch(folders -> folders.find(host, NAME).isPresent());
    }

    static void assertKept(Stage stage) {
        stage.checker().end(stage.expectation(Set.of()));
        assertThat(stage.checker().violations()).isEmpty();
    }

    /** The source loses power when what it still has is to be tidied up. */
    static Injector cutBefore(Stage stage, String what) {
        return new Injector() {
            @Override
            public <T> T carry(Crossing<T> crossing) {
                if (crossing.site().what().equals(what)
                        && crossing.site().host().equals(Optional.of(Stage.FIRST))) {
                    stage.world().cutPower(stage.world().host(Stage.FIRST));
                }
                return crossing.effect().get();
            }
        };
    }

    static void assertRefused(ThrowingCallable wish, String code) {
        assertThatThrownBy(wish).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.next()).isNotEmpty();
        });
    }
}
