package io.berth.opennebula.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.engine.MachineState;
import io.berth.engine.MachineView;
import io.berth.engine.testkit.Samples;
import io.berth.opennebula.action.MemoryDeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruthTest {
    private static final HostRef HERE = new HostRef("h1");
    private static final HostRef THERE = new HostRef("h2");
    private static final MemoryDeed SAVE = new MemoryDeed.Save("one-5", HERE, "fast");
    private static final MemoryDeed RESTORE = new MemoryDeed.Restore("one-5", HERE, Optional.empty());
    private static final MemoryDeed MOVE = new MemoryDeed.Move("one-5", HERE, THERE);

    @ParameterizedTest
    @CsvSource({
        // what is seen; who is silent; what that means to a save on h1, a restore to h1, a move from h1 to h2
        "RUNNING h1,,                 NOT_DONE, DONE, NOT_DONE",
        "PAUSED h1,,                  NOT_DONE, DONE, NOT_DONE",
        "RUNNING h2,,                 NOT_DONE, NOT_DONE, DONE",
        "RUNNING h1 RUNNING h2,,      NOT_DONE, UNKNOWN, UNKNOWN",
        "BUSY h1,,                    NOT_DONE, UNKNOWN, NOT_DONE",
        "ORPHANED h2,,                NOT_DONE, NOT_DONE, UNKNOWN",
        "SUSPENDED h1,,               DONE, NOT_DONE, NOT_DONE",
        "STOPPED h1,,                 DONE, NOT_DONE, NOT_DONE",
        "SUSPENDED h1, h1,            DONE, NOT_DONE, NOT_DONE",
        "SUSPENDED h1, h2,            DONE, NOT_DONE, NOT_DONE",
        "SHUT_OFF h1,,                NOT_DONE, NOT_DONE, NOT_DONE",
        ",,                           NOT_DONE, NOT_DONE, NOT_DONE",
        ", h1,                        NOT_DONE, UNKNOWN, NOT_DONE",
        ", h2,                        NOT_DONE, NOT_DONE, UNKNOWN",
        ", storage,                   UNKNOWN, NOT_DONE, NOT_DONE",
        "RUNNING h1, storage,         NOT_DONE, DONE, NOT_DONE",
        "RUNNING h1, h2,              NOT_DONE, DONE, NOT_DONE",
    })
    void whatIsSeenTellsWhetherADeedIsDone(String seen, String silent, Truth save, Truth restore, Truth move) {
        var sight = new Sight(views(seen), silent == null ? List.of() : List.of(silence(silent)));

        assertThat(Stream.of(SAVE, RESTORE, MOVE).map(deed -> Truth.of(deed, sight)))
                .containsExactly(save, restore, move);
    }

    @Test
    void onlyAGuestOfWhichEverybodyWasAskedIsAbsent() {
        assertThat(new Sight(List.of(), List.of()).isAbsent()).isTrue();
        assertThat(new Sight(views("SHUT_OFF h1"), List.of()).isAbsent()).isTrue();
        assertThat(new Sight(List.of(), List.of(silence("storage"))).isAbsent()).isFalse();
        assertThat(new Sight(views("SUSPENDED h1"), List.of()).isAbsent()).isFalse();
        assertThat(new Sight(views("BROKEN h1"), List.of()).isAbsent()).isFalse();
    }

    private static List<MachineView> views(String seen) {
        var views = new ArrayList<MachineView>();
        var words = seen == null ? new String[0] : seen.split(" ");
        for (var i = 0; i < words.length; i += 2) {
            views.add(new MachineView(
                    Samples.vm("one-5"),
                    MachineState.valueOf(words[i]),
                    new HostRef(words[i + 1]),
                    "",
                    Optional.empty(),
                    Optional.empty()));
        }
        return views;
    }

    private static Failure silence(String who) {
        var failure = who.equals("storage")
                ? Failure.of(FailureKind.STORAGE, "storage.down", "no answer").host(HERE)
                : Failure.of(FailureKind.ENVIRONMENT, "host.no-answer", "no answer")
                        .host(new HostRef(who));
        return failure.next("wait").build();
    }
}
